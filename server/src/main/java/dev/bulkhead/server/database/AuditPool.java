package dev.bulkhead.server.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.secrets.Secret;
import java.util.UUID;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Connections of the audit writer: they can append to the record and do nothing else, and a
/// business transaction that rolls back does not take their records with it. Thread-safe.
@Component
@DependsOn("database")
public final class AuditPool implements AutoCloseable {
  private final HikariDataSource pool;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  AuditPool(ServerConfiguration configuration) {
    final var database = configuration.database();
    pool =
        Database.pool(
            database.url(),
            database.auditUser(),
            Secret.read(database.auditPasswordFile()),
            "audit",
            2);
    sql = JdbcClient.create(pool);
    transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  public JdbcClient sql() {
    return sql;
  }

  /// Runs an append in a transaction of the audit writer's.
  public void inTenant(UUID tenant, Runnable append) {
    Database.inTransaction(
        () ->
            transactions.execute(
                status -> {
                  Database.nameTenant(sql, tenant);
                  append.run();
                  return tenant;
                }));
  }

  @Override
  public void close() {
    pool.close();
  }
}
