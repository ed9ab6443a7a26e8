package dev.bulkhead.cli.up;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The roles of the database, each with a password of its own.
enum DatabaseRole {
  /// Owns the database and everything in it; runs migrations, and nothing else uses it.
  OWNER,
  /// The application's pool: owns nothing, and row-level security holds it.
  APP,
  /// Appends to the audit record.
  AUDIT;

  static final String DATABASE = "bulkhead";

  /// Its name in PostgreSQL.
  String role() {
    return "bulkhead_" + word();
  }

  /// The name of the file with its password.
  String passwordFile() {
    return "database-" + word() + ".password";
  }

  /// Statements for the database `postgres`: the roles, and the database that the owner owns.
  static String rolesAndDatabase(Map<DatabaseRole, String> verifiers) {
    String roles =
        verifiers.entrySet().stream()
            .map(
                entry ->
                    """
                    CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
                      PASSWORD '%s';

                    """
                        .formatted(entry.getKey().role(), entry.getValue()))
            .collect(Collectors.joining());
    return roles
        + """
        CREATE DATABASE %1$s OWNER %2$s;

        REVOKE ALL ON DATABASE %1$s, postgres, template1 FROM PUBLIC;

        GRANT CONNECT ON DATABASE %1$s TO %3$s, %4$s;

        """
            .formatted(DATABASE, OWNER.role(), APP.role(), AUDIT.role());
  }

  /// Statements for the database itself.
  static String schema() {
    return """
    ALTER SCHEMA public OWNER TO %1$s;

    REVOKE ALL ON SCHEMA public FROM PUBLIC;

    GRANT USAGE ON SCHEMA public TO %2$s, %3$s;

    """
        .formatted(OWNER.role(), APP.role(), AUDIT.role());
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
