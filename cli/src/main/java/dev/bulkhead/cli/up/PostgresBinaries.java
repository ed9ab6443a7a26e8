package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked from the archive on the class path.
///
/// @param version such as `18.6.0`
/// @param directory where they are, or will be
record PostgresBinaries(String version, Path directory) {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int OWNER_EXECUTE = 0100;

  /// `initdb`, `pg_ctl` or `postgres`.
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  /// `18.6.0` is what its makers call 18.6.
  String shortVersion() {
    return version.replaceFirst("\\.0$", "");
  }

  /// Unpacks them beside their place, then moves them there in one step, unless they are there.
  void unpackOnce() {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path half = directory.resolveSibling(directory.getFileName() + ".part");
    try {
      deleteTree(half);
      Files.createDirectory(half);
      try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
        if (archive == null) {
          throw new CommandFailure(
              "PostgreSQL's binaries are not on the class path.\nBuild again: ./bulkhead build");
        }
        unpack(archive, half);
      }
      Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
      force(directory.resolveSibling("."));
    } catch (IOException e) {
      throw new CommandFailure(
          "Could not unpack PostgreSQL into "
              + directory
              + ": "
              + e
              + "\nIt needs 70 MB of space on a file system that this user may write.",
          e);
    }
  }

  /// Makes what was renamed in a directory survive a power cut.
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(archive), 1 << 16))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive names " + entry.getName() + ", outside of it");
        }
        if (entry.isDirectory()) {
          makeDirectory(path);
        } else if (entry.isSymbolicLink()) {
          makeDirectory(parent(path));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          makeDirectory(parent(path));
          Files.copy(tar, path);
          Files.setPosixFilePermissions(path, mode((entry.getMode() & OWNER_EXECUTE) != 0));
        }
      }
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /// Whatever the umask, because another user runs these programs when the supervisor is root.
  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, mode(true));
  }

  private static Set<PosixFilePermission> mode(boolean executable) {
    Set<PosixFilePermission> mode =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if (executable) {
      mode.add(PosixFilePermission.OWNER_EXECUTE);
      mode.add(PosixFilePermission.GROUP_EXECUTE);
      mode.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return mode;
  }
}
