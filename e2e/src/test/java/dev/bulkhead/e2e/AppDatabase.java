package dev.bulkhead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a test does to the rows of an installation's first tenant, as the application's own role,
/// where doing it through the pages would take hours.
final class AppDatabase {
  private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^\"]+");

  private AppDatabase() {}

  static void update(Path state, String sql) {
    final Path server = state.resolve("server");
    try (Connection connection =
            DriverManager.getConnection(
                url(server),
                "bulkhead_app",
                Files.readString(server.resolve("secrets/database-app.password")).strip());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select set_config('bulkhead.tenant', (select tenant_id from list_tenants() limit 1)::text, true)");
      statement.executeUpdate(sql);
      connection.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static String url(Path server) throws IOException {
    return URL.matcher(Files.readString(server.resolve("server.yaml")))
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }
}
