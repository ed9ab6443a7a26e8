package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.Fleet;
import dev.bulkhead.server.fleet.HostLinks;
import dev.bulkhead.server.live.LiveStreams;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Ends what is open in a tenant's name when the tenant is deleted: live views, agents' links, and
/// what this process remembers. Requests need nothing: each reads the tenant's row. What another
/// node deletes or restores is noticed by looking. Thread-safe.
@Component
final class CutOff {
  private static final Logger LOG = LoggerFactory.getLogger(CutOff.class);
  private static final int LOOK_MILLIS = 2_000;

  private final Database database;
  private final Fleet fleet;
  private final LiveStreams streams;
  private final ObjectProvider<HostLinks> links;
  private Set<UUID> living = Set.of();

  CutOff(Database database, Fleet fleet, LiveStreams streams, ObjectProvider<HostLinks> links) {
    this.database = database;
    this.fleet = fleet;
    this.streams = streams;
    this.links = links;
  }

  /// Ends everything of a tenant that was deleted.
  void end(UUID tenant) {
    streams.closeAll(tenant);
    links.ifAvailable(open -> open.closeAll(tenant));
    fleet.forget(tenant);
    LOG.atInfo().setMessage("tenant cut off").addKeyValue("tenant", tenant).log();
  }

  /// Lets a tenant's agents in again; they come by themselves.
  void reopen(UUID tenant) {
    links.ifAvailable(open -> open.reopen(tenant));
    fleet.changed(tenant);
  }

  @Scheduled(fixedDelay = LOOK_MILLIS)
  synchronized void look() {
    final Set<UUID> now;
    try {
      now = listLiving();
    } catch (DataAccessException away) {
      LOG.atDebug().setMessage("tenants not looked at").setCause(away).log();
      return;
    }
    living.stream().filter(tenant -> !now.contains(tenant)).forEach(this::end);
    now.stream().filter(tenant -> !living.contains(tenant)).forEach(this::reopen);
    living = now;
  }

  private Set<UUID> listLiving() {
    return new HashSet<>(
        database
            .sql()
            .sql("select tenant_id from list_tenants()")
            .query((row, n) -> row.getObject(1, UUID.class))
            .list());
  }
}
