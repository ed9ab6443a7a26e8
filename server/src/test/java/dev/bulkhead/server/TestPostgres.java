package dev.bulkhead.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for the tests of this module: one server for all, a database of its own for
/// each caller.
public final class TestPostgres {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestPostgres() {}

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        final Path data = Files.createTempDirectory("bulkhead-postgres");
        final EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("max_connections", "200")
                .start();
        run(
            server,
            "postgres",
            "create role bulkhead_owner login password 'owner' nosuperuser nobypassrls",
            "create role bulkhead_app login password 'app' nosuperuser nobypassrls",
            "create role bulkhead_audit login password 'audit' nosuperuser nobypassrls");
        // The library trusts everybody; the roles of ours prove themselves as in the product.
        Files.writeString(
            data.resolve("pg_hba.conf"),
            """
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """);
        run(server, "postgres", "select pg_reload_conf()");
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A fresh database, and the files with the passwords of its roles in `directory`.
  ///
  /// @return its JDBC address
  public static String create(Path directory) {
    final String name = "t" + COUNT.incrementAndGet();
    run(
        Holder.SERVER,
        "postgres",
        "create database " + name + " owner bulkhead_owner",
        "revoke all on database " + name + " from public",
        "grant connect on database " + name + " to bulkhead_app, bulkhead_audit");
    run(
        Holder.SERVER,
        name,
        "alter schema public owner to bulkhead_owner",
        "revoke all on schema public from public",
        "grant usage on schema public to bulkhead_app, bulkhead_audit");
    try {
      for (Map.Entry<String, String> role :
          Map.of("database-owner", "owner", "database-app", "app", "database-audit", "audit")
              .entrySet()) {
        Files.writeString(directory.resolve(role.getKey() + ".password"), role.getValue() + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Holder.SERVER.getJdbcUrl("postgres", name).replaceAll("\\?.*", "");
  }

  private static void run(EmbeddedPostgres server, String database, String... statements) {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
