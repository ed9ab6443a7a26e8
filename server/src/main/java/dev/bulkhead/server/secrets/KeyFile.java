package dev.bulkhead.server.secrets;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;

/// A file of 32 random bytes, readable by its owner alone, made when it is missing.
final class KeyFile {
  static final int BYTES = 32;

  private KeyFile() {}

  static byte[] readOrCreate(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      final byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new IllegalStateException(
            file
                + " should hold "
                + BYTES
                + " bytes and holds "
                + key.length
                + "; restore it from a backup");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key " + file, e);
    }
  }

  // A key that is half on disk would lock out everybody: it is whole and durable before it has its
  // name.
  private static void create(Path file) throws IOException {
    final byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    final Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    final Path temporary = directory.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      final ByteBuffer bytes = ByteBuffer.wrap(key);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
