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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The hosts of a tenant as its people see them: rows joined with who lives and with the key
/// figures. The one place where scopes hold: whatever a person asks of a host is asked here with
/// who they are, and a host out of their scope is answered like one that does not exist.
/// Thread-safe.
@Component
public final class Fleet {
  private static final String NO_HOST = "There is no host with this id.";
  private static final String SCOPE = "scope";

  // Another node's change shows after this long; a change of this node's own shows at once.
  private static final Duration ROWS_KEPT = Duration.ofSeconds(5);

  private final Database database;
  private final Hosts hosts;
  private final Presence presence;
  private final HostCounters counters;
  private final ProcessReports processes;
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
      ProcessReports processes,
      HostFigures figures,
      AuditLog audit,
      ObjectProvider<HostLinks> links,
      Clock clock) {
    this.database = database;
    this.hosts = hosts;
    this.presence = presence;
    this.counters = counters;
    this.processes = processes;
    this.figures = figures;
    this.audit = audit;
    this.links = links;
    this.clock = clock;
    rows = Caffeine.newBuilder().expireAfterWrite(ROWS_KEPT).build(this::load);
  }

  /// All hosts that somebody may see.
  List<HostView> list(SignedIn who) {
    return listAll(who.tenantId()).stream()
        .filter(host -> who.scope().covers(host.tags()))
        .toList();
  }

  /// All hosts of a tenant, for the feed, which asks each watcher's scope itself.
  List<HostView> listAll(UUID tenant) {
    final Map<UUID, Figures> known = figures.list(tenant);
    return rows.get(tenant).stream().map(host -> view(host, known.get(host.key().host()))).toList();
  }

  /// One host.
  ///
  /// @throws ProblemException `not_found`
  HostView get(SignedIn who, UUID id) {
    final Hosts.Host row = row(who, id);
    return view(row, figures.find(who.tenantId(), id).orElse(null));
  }

  /// The host of this id, which is not removed and which somebody may see.
  ///
  /// @throws ProblemException `not_found`
  public HostKey key(SignedIn who, UUID id) {
    return row(who, id).key();
  }

  /// Whether somebody may see this host, and it has not been removed.
  public boolean sees(SignedIn who, HostKey host) {
    return find(host.tenant(), host.host())
        .filter(row -> who.tenantId().equals(host.tenant()) && who.scope().covers(row.tags()))
        .isPresent();
  }

  /// Renames and tags a host.
  ///
  /// @param version what the caller saw; another means that somebody changed it meanwhile
  HostView edit(
      SignedIn who, UUID id, String name, List<String> tags, long version, String address) {
    final Hosts.Host before = row(who, id);
    if (!who.scope().isWhole() && !Set.copyOf(tags).equals(Set.copyOf(before.tags()))) {
      throw ProblemException.denied(
          ProblemType.FORBIDDEN, "Your role is about the hosts of some tags: keep them.", SCOPE);
    }
    audit.change(
        who.tenantId(),
        () -> {
          requireStillSeen(who, id);
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
    return get(who, id);
  }

  /// Removes a host: its certificates are good for nothing from now on, and its link is closed.
  void remove(SignedIn who, UUID id, String address) {
    final Hosts.Host host = row(who, id);
    audit.change(
        who.tenantId(),
        () -> {
          requireStillSeen(who, id);
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

  /// Forgets everything that is remembered of a tenant, because it has ended.
  public void forget(UUID tenant) {
    rows.invalidate(tenant);
    presence.forget(tenant);
    counters.forget(tenant);
    processes.forget(tenant);
    figures.remove(tenant);
  }

  private Optional<Hosts.Host> find(UUID tenant, UUID id) {
    return rows.get(tenant).stream().filter(host -> host.key().host().equals(id)).findFirst();
  }

  private Hosts.Host row(SignedIn who, UUID id) {
    return inScope(who, find(who.tenantId(), id).orElseThrow(Fleet::notFound));
  }

  // What is remembered of rows may be older than another node's change of a host's tags.
  private void requireStillSeen(SignedIn who, UUID id) {
    inScope(who, hosts.find(id).orElseThrow(Fleet::notFound));
  }

  private static Hosts.Host inScope(SignedIn who, Hosts.Host host) {
    if (!who.scope().covers(host.tags())) {
      throw ProblemException.denied(ProblemType.NOT_FOUND, NO_HOST, SCOPE);
    }
    return host;
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
    return new ProblemException(ProblemType.NOT_FOUND, NO_HOST);
  }
}
