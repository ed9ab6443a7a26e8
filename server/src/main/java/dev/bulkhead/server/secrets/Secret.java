package dev.bulkhead.server.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A text that must not be seen: it prints as `***`, so that no log or message can hold it by
/// accident.
public record Secret(String value) {

  /// Reads a secret from a file, without the line's end.
  public static Secret read(Path file) {
    try {
      return new Secret(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secret in " + file, e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
