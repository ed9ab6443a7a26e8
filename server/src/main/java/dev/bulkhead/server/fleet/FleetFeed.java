package dev.bulkhead.server.fleet;

import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Tells watchers once a second what changed in their tenant's fleet, and keeps in the database
/// when each host was last heard of. Thread-safe.
@Component
public final class FleetFeed {
  private static final Logger LOG = LoggerFactory.getLogger(FleetFeed.class);
  private static final int LOOK_MILLIS = 1_000;
  private static final int NOTE_MILLIS = 10_000;

  private final Fleet fleet;
  private final Hosts hosts;
  private final Presence presence;
  private final Database database;
  private final Map<UUID, Watched> tenants = new ConcurrentHashMap<>();
  private final Map<HostKey, Instant> noted = new HashMap<>();

  FleetFeed(Fleet fleet, Hosts hosts, Presence presence, Database database) {
    this.fleet = fleet;
    this.hosts = hosts;
    this.presence = presence;
    this.database = database;
  }

  /// What changed in a second; the parts of a host that a list shows.
  public record Changes(List<Change> changed, List<UUID> removed) {}

  /// The parts of a host that change while somebody looks.
  public record Change(
      UUID id,
      String name,
      List<String> tags,
      String state,
      Instant stateSince,
      @Nullable Instant lastSeenAt,
      HostView.@Nullable FiguresView figures) {
    static Change of(HostView host) {
      return new Change(
          host.id(),
          host.name(),
          host.tags(),
          host.state(),
          host.stateSince(),
          host.lastSeenAt(),
          host.figures());
    }
  }

  /// Ends a watch.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  // Of no identity but its own: one listener may watch twice.
  private static final class Watcher {
    private final Scope scope;
    private final Consumer<Changes> call;

    Watcher(Scope scope, Consumer<Changes> call) {
      this.scope = scope;
      this.call = call;
    }
  }

  private static final class Watched {
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private Map<UUID, Change> last = Map.of();
  }

  /// Watches the hosts that somebody may see until closed. The watcher must not wait.
  public Watch watch(SignedIn who, Consumer<Changes> call) {
    final UUID tenant = who.tenantId();
    final Watcher watcher = new Watcher(who.scope(), call);
    tenants.compute(
        tenant,
        (key, known) -> {
          final Watched watched = known == null ? new Watched() : known;
          watched.watchers.add(watcher);
          return watched;
        });
    return () ->
        tenants.computeIfPresent(
            tenant,
            (key, watched) -> {
              watched.watchers.remove(watcher);
              return watched.watchers.isEmpty() ? null : watched;
            });
  }

  @Scheduled(fixedRate = LOOK_MILLIS)
  void look() {
    presence.look();
    tenants.forEach(
        (tenant, watched) -> {
          try {
            tell(tenant, watched);
          } catch (DataAccessException away) {
            LOG.atWarn().setMessage("live views wait for the database").setCause(away).log();
          }
        });
  }

  private void tell(UUID tenant, Watched watched) {
    final Map<UUID, Change> now = new HashMap<>();
    fleet.listAll(tenant).forEach(host -> now.put(host.id(), Change.of(host)));
    final List<Change> changed = new ArrayList<>();
    now.forEach(
        (id, change) -> {
          if (!change.equals(watched.last.get(id))) {
            changed.add(change);
          }
        });
    final List<UUID> removed =
        watched.last.keySet().stream().filter(id -> !now.containsKey(id)).toList();
    final Map<UUID, Change> before = watched.last;
    watched.last = now;
    if (!changed.isEmpty() || !removed.isEmpty()) {
      final Changes all = new Changes(changed, removed);
      watched.watchers.forEach(watcher -> tell(watcher, all, before));
    }
  }

  // A host whose tags changed may have come into a scope, or left it.
  private static void tell(Watcher watcher, Changes all, Map<UUID, Change> before) {
    if (watcher.scope.isWhole()) {
      watcher.call.accept(all);
      return;
    }
    final List<Change> changed =
        all.changed().stream().filter(host -> watcher.scope.covers(host.tags())).toList();
    final List<UUID> gone =
        Stream.concat(
                all.removed().stream(),
                all.changed().stream()
                    .filter(host -> !watcher.scope.covers(host.tags()))
                    .map(Change::id))
            .filter(id -> wasSeen(watcher, before.get(id)))
            .toList();
    if (!changed.isEmpty() || !gone.isEmpty()) {
      watcher.call.accept(new Changes(changed, gone));
    }
  }

  private static boolean wasSeen(Watcher watcher, @Nullable Change before) {
    return before != null && watcher.scope.covers(before.tags());
  }

  @Scheduled(fixedDelay = NOTE_MILLIS, initialDelay = NOTE_MILLIS)
  void noteSeen() {
    try {
      final List<UUID> all =
          database
              .sql()
              .sql("select tenant_id from list_tenants()")
              .query((row, n) -> row.getObject(1, UUID.class))
              .list();
      noted.keySet().removeIf(host -> !all.contains(host.tenant()));
      all.forEach(this::noteSeen);
    } catch (DataAccessException away) {
      LOG.atWarn().setMessage("last-seen times wait for the database").setCause(away).log();
    }
  }

  private void noteSeen(UUID tenant) {
    final Map<UUID, Instant> fresh = new HashMap<>();
    presence.heard(
        tenant,
        (host, at) -> {
          if (!at.equals(noted.get(host))) {
            fresh.put(host.host(), at);
          }
        });
    if (fresh.isEmpty()) {
      return;
    }
    database.inTenant(
        tenant,
        () -> {
          hosts.noteSeen(fresh);
          return fresh.size();
        });
    fresh.forEach((host, at) -> noted.put(new HostKey(tenant, host), at));
  }
}
