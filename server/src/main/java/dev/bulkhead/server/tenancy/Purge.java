package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes every row of deleted tenants whose time is over, a few thousand in a transaction, the
/// tenant's own row and the head of its chain last and together with the platform's record of it:
/// whoever is killed in the midst goes on where it stopped. Thread-safe.
@Component
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final int ROWS = 5_000;
  private static final int INTERVAL_MILLIS = 60_000;

  private final TenantRepository tenants;
  private final Tenants rules;
  private final CutOff cutOff;
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  Purge(
      TenantRepository tenants,
      Tenants rules,
      CutOff cutOff,
      Database database,
      AuditLog audit,
      Clock clock) {
    this.tenants = tenants;
    this.rules = rules;
    this.cutOff = cutOff;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  void purgeDue() {
    try {
      for (UUID tenant : listDue()) {
        purge(tenant, details -> TenantEvents.byServer(AuditType.TENANT_PURGED, tenant, details));
      }
    } catch (DataAccessException away) {
      LOG.atWarn().setMessage("deleted tenants wait to be purged").setCause(away).log();
    }
  }

  /// Removes a deleted tenant now.
  ///
  /// @throws ProblemException `not_found`, `not_deleted`, or `validation` for another slug
  void purgeNow(SignedIn who, UUID id, String slug, String address) {
    Tenants.requireSlug(rules.get(id), slug);
    final Instant now = clock.instant();
    audit.changeTenant(
        id,
        () -> {
          if (!tenants.endGrace(now)) {
            throw new ProblemException(ProblemType.NOT_DELETED, "Delete the tenant first.");
          }
          // On the record before the first row goes, whatever happens to this process meanwhile.
          return new AuditLog.TenantChange<>(
              id,
              null,
              TenantEvents.named(
                  who, AuditType.TENANT_DELETED, id, address, Map.of("purge", now.toString())));
        });
    purge(id, details -> TenantEvents.named(who, AuditType.TENANT_PURGED, id, address, details));
  }

  // One at a time: whoever comes second finds the work done.
  private synchronized void purge(UUID tenant, Function<Map<String, String>, AuditEvent> event) {
    if (database.inTenant(tenant, tenants::find).isEmpty()) {
      return;
    }
    int gone;
    do {
      gone = purgeSome(tenant, ROWS);
    } while (gone > 0);
    audit.changeTenant(
        tenant,
        () -> {
          final TenantRepository.Tenant last = tenants.find().orElseThrow(Tenants::notFound);
          return new AuditLog.TenantChange<>(tenant, null, event.apply(end(last)));
        });
    cutOff.end(tenant);
  }

  /// Removes some rows; answers how many.
  int purgeSome(UUID tenant, int limit) {
    return database.inTenant(
        tenant,
        () ->
            database
                .sql()
                .sql("select purge_tenant_rows(?, ?)")
                .params(now(), limit)
                .query(Integer.class)
                .single());
  }

  // What the record says of a tenant that is no more: its names, and where its chain ended.
  private Map<String, String> end(TenantRepository.Tenant last) {
    final Head head =
        database
            .sql()
            .sql("select sequence, hash from purge_tenant_end(?)")
            .param(now())
            .query((row, n) -> new Head(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2))))
            .optional()
            .orElse(Head.NONE);
    return Map.of(
        "name", last.name(),
        "slug", last.slug(),
        "last_sequence", Long.toString(head.sequence()),
        "last_hash", head.hash());
  }

  private record Head(long sequence, String hash) {
    private static final Head NONE = new Head(0, "-");
  }

  private List<UUID> listDue() {
    return database
        .sql()
        .sql("select tenant_id from list_tenants_to_purge(?)")
        .param(now())
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
