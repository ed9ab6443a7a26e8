package dev.bulkhead.cli.up;

import java.nio.file.Path;

/// The text of PostgreSQL's two configuration files.
final class PostgresConfiguration {

  /// `pg_hba.conf`: a password from everybody, on loopback alone; "all" does not cover replication.
  static final String ACCESS =
      """
      # Written by Bulkhead at every start.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private PostgresConfiguration() {}

  /// `postgresql.conf`.
  static String settings(int port, Path log) {
    return """
        # Written by Bulkhead at every start: changes made here are lost.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        ssl = off
        password_encryption = 'scram-sha-256'
        max_connections = 60
        max_wal_senders = 0
        allow_alter_system = off

        fsync = on
        synchronous_commit = on
        full_page_writes = on
        shared_buffers = '64MB'

        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        logging_collector = on
        log_directory = %s
        log_filename = 'postgresql-%%a.log'
        log_file_mode = 0600
        log_rotation_age = '1d'
        log_rotation_size = 0
        log_truncate_on_rotation = on
        """
        .formatted(port, quoted(log.toString()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
