package dev.bulkhead.cli.tokens;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A file for a secret, made before the secret is, so that one that cannot be written is noticed in
/// time; it goes again unless the secret came. For one thread.
final class SecretFile implements AutoCloseable {

  private final Path path;
  private boolean written;

  private SecretFile(Path path) {
    this.path = path;
  }

  /// An empty file that only its owner may read.
  ///
  /// @throws CommandFailure when it is there already, or cannot be made
  static SecretFile create(Path file) {
    Path path = file.toAbsolutePath().normalize();
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new SecretFile(path);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(path + " is there already.\nName another: --out FILE", e);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  void write(String secret) {
    try {
      Files.writeString(path, secret + "\n");
      written = true;
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void close() {
    if (written) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private static CommandFailure failure(Path path, IOException cause) {
    return new CommandFailure("Could not write " + path + ": " + cause.getMessage(), cause);
  }
}
