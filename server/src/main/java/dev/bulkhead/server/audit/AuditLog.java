package dev.bulkhead.server.audit;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.database.AuditPool;
import dev.bulkhead.server.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
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

  /// Runs a change of one tenant's rows and records it.
  public <T> T change(UUID tenant, Supplier<Change<T>> work) {
    return database.inTenant(
        tenant,
        () -> {
          final Change<T> change = work.get();
          append(database.sql(), tenant, change.event());
          return change.result();
        });
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
