package dev.bulkhead.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.secrets.Secret;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// The pool of the role that owns nothing, and the one transaction template that leads to it.
/// Row-level security shows a transaction only the tenant that it named, and a statement outside
/// one no tenant's rows at all. Thread-safe.
@Component
public final class Database implements AutoCloseable {
  /// The platform's own chain of records has a tenant of its own.
  public static final UUID PLATFORM = new UUID(0, 0);

  private final HikariDataSource pool;
  private final JdbcClient sql;
  private final TransactionTemplate transactions;

  Database(ServerConfiguration configuration) {
    final var database = configuration.database();
    Migrations.run(database);
    pool =
        pool(
            database.url(), database.appUser(), Secret.read(database.appPasswordFile()), "app", 12);
    sql = JdbcClient.create(pool);
    transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  // An impostor on the database's port must not be told a password: with SCRAM neither side tells.
  static String provingBothSides(String url) {
    return url + (url.contains("?") ? "&" : "?") + "requireAuth=scram-sha-256";
  }

  static HikariDataSource pool(String url, String user, Secret password, String name, int size) {
    final HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(provingBothSides(url));
    hikari.setUsername(user);
    hikari.setPassword(password.value());
    hikari.setPoolName(name);
    hikari.setMaximumPoolSize(size);
    hikari.setMinimumIdle(1);
    hikari.setConnectionTimeout(10_000);
    hikari.setValidationTimeout(2_000);
    hikari.setKeepaliveTime(60_000);
    hikari.addDataSourceProperty("ApplicationName", "bulkhead-" + name);
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    hikari.addDataSourceProperty("socketTimeout", "60");
    return new HikariDataSource(hikari);
  }

  /// Statements; inside [#inTenant] or [#acrossTenants] they join its transaction.
  public JdbcClient sql() {
    return sql;
  }

  /// Runs work in one transaction that sees and writes the rows of one tenant alone.
  ///
  /// @throws DataAccessException when a statement fails or the database is away
  public <T> T inTenant(UUID tenant, Supplier<T> work) {
    return execute(
        () -> {
          nameTenant(sql, tenant);
          return work.get();
        });
  }

  /// Runs work in one transaction that sees no tenant's rows, but for what the functions across
  /// tenants answer.
  ///
  /// @throws DataAccessException when a statement fails or the database is away
  public <T> T acrossTenants(Supplier<T> work) {
    return execute(work);
  }

  private <T> T execute(Supplier<T> work) {
    return inTransaction(() -> required(transactions.execute(status -> work.get())));
  }

  // A database that is away shows when a transaction begins: for callers it is the same failure as
  // one that goes away in its midst.
  static <T> T inTransaction(Supplier<T> transaction) {
    try {
      return transaction.get();
    } catch (TransactionException away) {
      throw new DataAccessResourceFailureException("the database is away", away);
    }
  }

  /// Whether the database answers now.
  public boolean isReachable() {
    try {
      return sql.sql("select 1").query(Integer.class).single() == 1;
    } catch (DataAccessException away) {
      return false;
    }
  }

  static void nameTenant(JdbcClient sql, UUID tenant) {
    sql.sql("select set_config('bulkhead.tenant', ?, true)")
        .param(tenant.toString())
        .query(String.class)
        .single();
  }

  private static <T> T required(@org.jspecify.annotations.Nullable T result) {
    if (result == null) {
      throw new IllegalStateException("a transaction answered nothing");
    }
    return result;
  }

  @Override
  public void close() {
    pool.close();
  }
}
