package dev.bulkhead.server.fleet;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.telemetry.Figures;
import dev.bulkhead.server.telemetry.HostFigures;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The hosts of a tenant as its people see them: rows joined with who lives and with the key
/// figures. Thread-safe.
@Component
public final class Fleet {
  // Another node's change shows after this long; a change of this node's own shows at once.
  private static final Duration ROWS_KEPT = Duration.ofSeconds(5);

  private final Database database;
  private final Hosts hosts;
  private final Presence presence;
  private final HostCounters counters;
  private final HostFigures figures;
  private final AuditLog audit;
  private final ObjectProvider<HostLinks> links;
  private final Clock clock;
  private final LoadingCache<UUID, List<Hosts.Host>> rows;

  Fleet(
      Database database,
      Hosts hosts,
      Presence presence,
      HostCounters counters,
      HostFigures figures,
      AuditLog audit,
      ObjectProvider<HostLinks> links,
      Clock clock) {
    this.database = database;
    this.hosts = hosts;
    this.presence = presence;
    this.counters = counters;
    this.figures = figures;
    this.audit = audit;
    this.links = links;
    this.clock = clock;
    rows = Caffeine.newBuilder().expireAfterWrite(ROWS_KEPT).build(this::load);
  }

  /// All hosts of a tenant.
  List<HostView> list(UUID tenant) {
    final Map<UUID, Figures> known = figures.list(tenant);
    return rows.get(tenant).stream().map(host -> view(host, known.get(host.key().host()))).toList();
  }

  /// One host.
  ///
  /// @throws ProblemException `not_found`
  HostView get(UUID tenant, UUID id) {
    return view(row(tenant, id), figures.find(tenant, id).orElse(null));
  }

  /// Whether a tenant has this host, and has not removed it.
  public boolean exists(HostKey host) {
    return rows.get(host.tenant()).stream().anyMatch(row -> row.key().equals(host));
  }

  /// Renames and tags a host.
  ///
  /// @param version what the caller saw; another means that somebody changed it meanwhile
  HostView edit(
      SignedIn who, UUID id, String name, List<String> tags, long version, String address) {
    final Hosts.Host before = row(who.tenantId(), id);
    audit.change(
        who.tenantId(),
        () -> {
          if (hosts.isNameTaken(name, id)) {
            throw new ProblemException(ProblemType.NAME_TAKEN, "Another host has this name.");
          }
          final Hosts.Host after =
              hosts
                  .edit(id, name, tags, version)
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              ProblemType.CHANGED_MEANWHILE,
                              "Load the host again and repeat your change."));
          return new AuditLog.Change<>(
              after,
              AuditEvent.by(
                  who,
                  AuditType.HOST_CHANGED,
                  AuditEvent.host(id),
                  address,
                  Map.of("name", before.name() + " → " + name, "tags", String.join(", ", tags))));
        });
    changed(who.tenantId());
    return get(who.tenantId(), id);
  }

  /// Removes a host: its certificates are good for nothing from now on, and its link is closed.
  void remove(SignedIn who, UUID id, String address) {
    final Hosts.Host host = row(who.tenantId(), id);
    audit.change(
        who.tenantId(),
        () -> {
          if (!hosts.remove(id, clock.instant())) {
            throw notFound();
          }
          return new AuditLog.Change<>(
              true,
              AuditEvent.by(
                  who,
                  AuditType.HOST_REMOVED,
                  AuditEvent.host(id),
                  address,
                  Map.of("name", host.name())));
        });
    changed(who.tenantId());
    links.ifAvailable(open -> open.close(host.key()));
    presence.forget(host.key());
    figures.remove(who.tenantId(), id);
  }

  /// Forgets what is remembered of a tenant's rows, because they changed.
  public void changed(UUID tenant) {
    rows.invalidate(tenant);
  }

  private Hosts.Host row(UUID tenant, UUID id) {
    return rows.get(tenant).stream()
        .filter(host -> host.key().host().equals(id))
        .findFirst()
        .orElseThrow(Fleet::notFound);
  }

  private HostView view(Hosts.Host host, @org.jspecify.annotations.Nullable Figures known) {
    return HostView.of(
        host, presence.standing(host.key(), host.joinedAt()), known, counters.view(host.key()));
  }

  private List<Hosts.Host> load(UUID tenant) {
    final List<Hosts.Host> all = database.inTenant(tenant, hosts::listLive);
    all.forEach(host -> presence.remember(host.key(), host.lastSeenAt()));
    return all;
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no host with this id.");
  }
}
