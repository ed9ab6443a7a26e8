package dev.bulkhead.server.audit;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.database.AuditPool;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Appends to the chains of records, one per tenant and one for the platform. A change and its
/// record are one transaction, the record its last statement: if the record cannot be written, the
/// change does not happen. Thread-safe; writers of one chain wait for each other at its head's row.
@Component
public final class AuditLog {
  private final Database database;
  private final AuditPool auditPool;
  private final Clock clock;

  AuditLog(Database database, AuditPool auditPool, Clock clock) {
    this.database = database;
    this.auditPool = auditPool;
    this.clock = clock;
  }

  /// What a change did, and the event that records it.
  public record Change<T>(T result, AuditEvent event) {}

  /// What a change of a tenant as a whole did, and the events that record it.
  ///
  /// @param onTenant for the tenant's own chain; null when that ends with the change
  /// @param onPlatform for the platform's chain
  public record TenantChange<T>(T result, @Nullable AuditEvent onTenant, AuditEvent onPlatform) {}

  /// Runs a change of one tenant's rows and records it.
  ///
  /// @throws ProblemException `unauthenticated` when the tenant was deleted before the change was
  ///     done, `not_found` for the platform, which has no rows to change
  public <T> T change(UUID tenant, Supplier<Change<T>> work) {
    if (tenant.equals(Database.PLATFORM)) {
      throw new ProblemException(ProblemType.NOT_FOUND, "No tenant is left here. Restore one.");
    }
    return database.inTenant(
        tenant,
        () -> {
          final Change<T> change = work.get();
          append(database.sql(), tenant, change.event());
          requireLiving();
          return change.result();
        });
  }

  /// Runs a change of a tenant as a whole (made, deleted, restored, purged), and records it on its
  /// chain and on the platform's.
  public <T> T changeTenant(UUID tenant, Supplier<TenantChange<T>> work) {
    return database.inTenant(
        tenant,
        () -> {
          final TenantChange<T> change = work.get();
          if (change.onTenant() != null) {
            append(database.sql(), tenant, change.onTenant());
          }
          // The same transaction, which names the platform from here to its end. Heads are locked
          // in this order alone.
          return database.inTenant(
              Database.PLATFORM,
              () -> {
                append(database.sql(), Database.PLATFORM, change.onPlatform());
                return change.result();
              });
        });
  }

  // The head's lock is held: whoever deletes the tenant comes before this look or after the commit.
  private void requireLiving() {
    final boolean deleted =
        database
            .sql()
            .sql("select exists (select from tenant where deleted_at is not null)")
            .query(Boolean.class)
            .single();
    if (deleted) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in first.");
    }
  }

  /// Records something that changed no row, such as a denied attempt, over the audit writer's own
  /// connection.
  public void note(UUID tenant, AuditEvent event) {
    auditPool.inTenant(tenant, () -> append(auditPool.sql(), tenant, event));
  }

  /// A page of a tenant's records, oldest first.
  ///
  /// @param after the sequence that the page follows, 0 for the beginning
  public List<StoredRecord> list(UUID tenant, long after, int limit) {
    return database.inTenant(
        tenant,
        () ->
            database
                .sql()
                .sql(
                    "select sequence, record, hash from audit_record where sequence > ? order by sequence limit ?")
                .params(after, limit)
                .query(
                    (row, n) -> new StoredRecord(row.getLong(1), row.getBytes(2), row.getBytes(3)))
                .list());
  }

  /// A record as it is stored: canonical bytes and their hash.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied by JDBC
  public record StoredRecord(long sequence, byte[] record, byte[] hash) {}

  private void append(JdbcClient sql, UUID tenant, AuditEvent event) {
    final Head head =
        sql.sql("select sequence, hash from audit_lock_head()")
            .query((row, n) -> new Head(row.getLong(1), Sha256.of(row.getBytes(2))))
            .single();
    final AuditRecord record =
        new AuditRecord(
            chainOf(tenant),
            head.sequence() + 1,
            clock.instant(),
            event.type().code(),
            event.actor(),
            event.subject(),
            event.outcome(),
            event.remoteAddress(),
            new TreeMap<>(event.details()),
            head.hash());
    final byte[] bytes = record.encode();
    sql.sql("select audit_append(?, ?, ?)")
        .params(record.sequence(), bytes, AuditRecord.hashOf(bytes).bytes())
        .query((row, n) -> record.sequence())
        .single();
  }

  /// The name of a tenant's chain in its records.
  public static String chainOf(UUID tenant) {
    return tenant.equals(Database.PLATFORM) ? AuditRecord.PLATFORM : tenant.toString();
  }

  private record Head(long sequence, Sha256 hash) {}
}
