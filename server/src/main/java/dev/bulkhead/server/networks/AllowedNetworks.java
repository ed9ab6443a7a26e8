package dev.bulkhead.server.networks;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The networks from which a tenant may be used; none enabled means from everywhere. The rows are
/// read whenever somebody asks, so that a change holds on every server before it is answered.
/// Nobody shuts themselves out. Thread-safe.
@Component
public final class AllowedNetworks {
  private static final int MOST = 200;

  private final Database database;
  private final AllowedNetworkRepository rows;
  private final AuditLog audit;
  private final Clock clock;

  AllowedNetworks(Database database, AllowedNetworkRepository rows, AuditLog audit, Clock clock) {
    this.database = database;
    this.rows = rows;
    this.audit = audit;
    this.clock = clock;
  }

  /// Whether a tenant may be used from an address, as a socket names it.
  public boolean allow(UUID tenant, String address) {
    final List<Network> enabled = rows.listEnabled(tenant);
    return enabled.isEmpty() || enabled.stream().anyMatch(network -> network.holds(address));
  }

  /// The same for somebody who is known. The token in the server's own state directory, which works
  /// on that machine alone, is the way back in.
  public boolean allow(SignedIn who, String address) {
    return who.credential() instanceof Credential.LocalToken || allow(who.tenantId(), address);
  }

  List<AllowedNetwork> list(SignedIn who) {
    return database.inTenant(who.tenantId(), rows::list);
  }

  /// @throws ProblemException `network_taken`, `would_lock_out`, `validation` past 200
  AllowedNetwork create(
      SignedIn who, Network network, String description, boolean enabled, String address) {
    final AllowedNetwork made =
        new AllowedNetwork(
            UUID.randomUUID(),
            network,
            description,
            enabled,
            who.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            1);
    return change(
        who,
        address,
        () -> {
          final List<AllowedNetwork> before = rows.list();
          if (before.stream().anyMatch(one -> one.network().equals(network))) {
            throw new ProblemException(
                ProblemType.NETWORK_TAKEN, "Change the line that has this network.");
          }
          if (before.size() >= MOST) {
            throw ProblemException.field("cidr", "a list has at most " + MOST + " networks");
          }
          rows.create(who.tenantId(), made);
          return done(who, AuditType.NETWORK_ADDED, made, address);
        });
  }

  /// @param version what the caller saw; null when they do not care
  /// @throws ProblemException `not_found`, `changed_meanwhile`, `would_lock_out`
  AllowedNetwork change(
      SignedIn who,
      UUID id,
      String description,
      boolean enabled,
      @Nullable Long version,
      String address) {
    return change(
        who,
        address,
        () -> {
          final AllowedNetwork before = get(id);
          if (version != null && version != before.version()) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "Load the list again and repeat your change.");
          }
          rows.change(id, description, enabled);
          return done(who, AuditType.NETWORK_CHANGED, get(id), address);
        });
  }

  /// @throws ProblemException `not_found`, `would_lock_out`
  void remove(SignedIn who, UUID id, String address) {
    change(
        who,
        address,
        () -> {
          final AllowedNetwork before = get(id);
          rows.remove(id);
          return done(who, AuditType.NETWORK_REMOVED, before, address);
        });
  }

  private AllowedNetwork change(
      SignedIn who, String address, Supplier<AuditLog.Change<AllowedNetwork>> work) {
    return audit.change(
        who.tenantId(),
        () -> {
          rows.lock(who.tenantId());
          final AuditLog.Change<AllowedNetwork> change = work.get();
          if (!allow(who, address)) {
            throw new ProblemException(
                ProblemType.WOULD_LOCK_OUT,
                "Your own address, " + address + ", would be shut out. Allow it first.");
          }
          return change;
        });
  }

  private AllowedNetwork get(UUID id) {
    return rows.list().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such network."));
  }

  private static AuditLog.Change<AllowedNetwork> done(
      SignedIn who, AuditType type, AllowedNetwork network, String address) {
    return new AuditLog.Change<>(
        network,
        AuditEvent.by(
            who,
            type,
            new AuditRecord.Subject("network", network.id().toString()),
            address,
            Map.of(
                "cidr", network.network().toString(),
                "enabled", Boolean.toString(network.enabled()),
                "description", network.description())));
  }
}
