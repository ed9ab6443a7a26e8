package dev.bulkhead.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// The versions that the build wrote into this program.
///
/// @param bulkhead this program's own, such as `0.1.0`
/// @param postgresql the embedded PostgreSQL's, such as `18.6.0`
public record Versions(String bulkhead, String postgresql) {

  /// Reads them from the class path.
  ///
  /// @throws UncheckedIOException when the resource cannot be read
  public static Versions read() {
    var properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(Objects.requireNonNull(in, "versions.properties is not on the class path"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(value(properties, "bulkhead"), value(properties, "postgresql"));
  }

  private static String value(Properties properties, String key) {
    return Objects.requireNonNull(properties.getProperty(key), key);
  }
}
