package dev.bulkhead.cli.foreign;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.Base64;

/// The three files of a foreign agent: its key (0600), its certificate, and the authority that it
/// believes. The key is written first, under another name, so that a directory which cannot be
/// written is noticed before the server makes anything.
final class CertificateFiles implements AutoCloseable {

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path directory;
  private final String name;
  private final Path newKey;

  private CertificateFiles(Path directory, String name, Path newKey) {
    this.directory = directory;
    this.name = name;
    this.newKey = newKey;
  }

  /// Makes the directory, unless it is there, and keeps the key in it for now.
  ///
  /// @throws CommandFailure when it cannot be written
  static CertificateFiles prepare(Path out, String name, PrivateKey key) {
    Path directory = out.toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
      // Such files are 0600 from the beginning.
      Path newKey = Files.createTempFile(directory, name + "-", ".key");
      Files.writeString(
          newKey,
          "-----BEGIN PRIVATE KEY-----\n"
              + LINES.encodeToString(key.getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
      return new CertificateFiles(directory, name, newKey);
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  Path key() {
    return directory.resolve(name + ".key");
  }

  Path certificate() {
    return directory.resolve(name + ".crt");
  }

  Path authority() {
    return directory.resolve("ca.crt");
  }

  /// Puts all three in their places, over those of before.
  ///
  /// @throws CommandFailure when that fails
  void write(String certificate, String authority) {
    try {
      publish(authority(), authority);
      publish(certificate(), certificate);
      Files.move(newKey, key(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(newKey);
    } catch (IOException e) {
      throw failure(directory, e);
    }
  }

  private void publish(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(directory, name + "-", ".crt");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static CommandFailure failure(Path directory, IOException cause) {
    return new CommandFailure(
        "Could not write into " + directory + ": " + cause + "\nName another: --out DIR", cause);
  }
}
