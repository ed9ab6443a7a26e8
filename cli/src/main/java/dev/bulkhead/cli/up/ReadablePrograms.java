package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Finds a program's jars where a child's user can read them: where they were built, or, when that
/// is closed to it (a clone under `/root`), in a copy below the state directory.
final class ReadablePrograms {

  private static final int STAMP_DIGITS = 16;

  private final StateDirectory state;
  private final AccountFiles files;
  private final Account account;

  ReadablePrograms(StateDirectory state, Account account) {
    this.state = state;
    this.files = new AccountFiles(account);
    this.account = account;
  }

  /// @throws CommandFailure when the user cannot run this Java
  void requireJava(Path java) throws InterruptedException {
    boolean runs =
        files.test("-x", java.resolve("bin").resolve("java"))
            && files.test("-r", java.resolve("lib").resolve("modules"));
    if (!runs) {
      throw new CommandFailure(
          "User %s cannot run the JDK in %s: a directory above is closed to it.\nInstall JDK 25 where every user can read it (such as /usr/lib/jvm), or name one by JAVA_HOME."
              .formatted(account.name(), java));
    }
  }

  /// @throws CommandFailure when the user cannot pass through to the state directory
  void requirePassage() throws InterruptedException {
    if (!files.test("-x", state.root())) {
      throw new CommandFailure(
          "User %s cannot reach %s: a directory above is closed to it.\nName another: --state DIR (root's default is /var/lib/bulkhead)"
              .formatted(account.name(), state.root()));
    }
  }

  /// The folder to run `program` from.
  Path locate(Path program) throws InterruptedException {
    if (isReadable(program)) {
      return program;
    }
    try {
      return copy(program);
    } catch (IOException e) {
      throw new CommandFailure(
          "Could not copy " + program + " to " + state.programs() + ": " + e + "\nIs there space?",
          e);
    }
  }

  private boolean isReadable(Path program) throws InterruptedException {
    return files
        .shell(
            "for jar in \"$1\"/*.jar; do test -r \"$jar\" || exit 1; done", "", program.toString())
        .isDone();
  }

  private Path copy(Path program) throws IOException {
    Path all =
        state.createReadable(
            state.createReadable(state.programs()).resolve(program.getFileName().toString()));
    Path target = all.resolve(stamp(program));
    if (!Files.isDirectory(target)) {
      Path half = target.resolveSibling(target.getFileName() + ".part");
      PostgresBinaries.deleteTree(half);
      state.createReadable(half);
      for (Path jar : Installation.jars(program)) {
        Path copied = half.resolve(jar.getFileName().toString());
        Files.copy(jar, copied);
        Files.setPosixFilePermissions(copied, PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    }
    deleteOthers(all, target);
    return target;
  }

  private static void deleteOthers(Path all, Path kept) throws IOException {
    try (Stream<Path> copies = Files.list(all)) {
      for (Path copy : copies.filter(c -> !c.equals(kept)).toList()) {
        PostgresBinaries.deleteTree(copy);
      }
    }
  }

  /// Names the content: the jars' names, sizes and times.
  private static String stamp(Path program) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> jars = Installation.jars(program);
      for (Path jar : jars) {
        String line =
            "%s %d %d\n"
                .formatted(
                    jar.getFileName(), Files.size(jar), Files.getLastModifiedTime(jar).toMillis());
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, STAMP_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
