package dev.bulkhead.server.database;

import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.secrets.Secret;
import java.util.Map;
import org.flywaydb.core.Flyway;

/// Brings the schema up to date as the owner role, whose password the pool never has.
final class Migrations {
  private Migrations() {}

  static void run(ServerConfiguration.Database database) {
    Flyway.configure()
        .dataSource(
            Database.provingBothSides(database.url()),
            database.ownerUser(),
            Secret.read(database.ownerPasswordFile()).value())
        .locations("classpath:db/migration")
        .placeholders(
            Map.of(
                "owner",
                database.ownerUser(),
                "app",
                database.appUser(),
                "audit",
                database.auditUser()))
        .connectRetries(10)
        .loggers("slf4j")
        .load()
        .migrate();
  }
}
