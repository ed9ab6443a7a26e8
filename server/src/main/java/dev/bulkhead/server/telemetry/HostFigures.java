package dev.bulkhead.server.telemetry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Key figures and sparklines of every host, kept in memory from the stream of batches, about half
/// a kilobyte a host. After a start a tenant's sparklines are read from the store when they are
/// first asked for. Thread-safe.
public final class HostFigures {
  private static final String CPU = "system.cpu.utilization";
  private static final String MEMORY = "system.memory.utilization";
  private static final Set<String> SPARKS = Set.of(CPU, MEMORY);

  private final TelemetryStore store;
  private final InstantSource clock;
  private final Map<UUID, TenantFigures> tenants = new ConcurrentHashMap<>();

  public HostFigures(TelemetryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Takes what a host has sent, in the order sent.
  public void observe(UUID tenant, UUID host, Batch batch) {
    of(tenant).host(host).observe(batch);
  }

  /// What is known of a host; empty when nothing is.
  public Optional<Figures> find(UUID tenant, UUID host) {
    return Optional.ofNullable(loaded(tenant).hosts.get(host))
        .map(it -> it.figures(clock.millis()));
  }

  /// What is known of all hosts of a tenant.
  public Map<UUID, Figures> list(UUID tenant) {
    var now = clock.millis();
    return loaded(tenant).hosts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().figures(now)));
  }

  /// Forgets a host that was removed.
  public void remove(UUID tenant, UUID host) {
    of(tenant).hosts.remove(host);
  }

  /// Forgets a tenant that has ended.
  public void remove(UUID tenant) {
    tenants.remove(tenant);
  }

  private TenantFigures of(UUID tenant) {
    return tenants.computeIfAbsent(tenant, _ -> new TenantFigures());
  }

  private TenantFigures loaded(UUID tenant) {
    var figures = of(tenant);
    figures.load(tenant);
    return figures;
  }

  private final class TenantFigures {
    private final Map<UUID, LiveFigures> hosts = new ConcurrentHashMap<>();
    private boolean loaded;

    LiveFigures host(UUID host) {
      return hosts.computeIfAbsent(host, _ -> new LiveFigures());
    }

    // Held while the store is read: whoever asks meanwhile would otherwise read it too.
    synchronized void load(UUID tenant) {
      if (loaded) {
        return;
      }
      store.visitMinutes(
          tenant,
          SPARKS,
          clock.instant().minus(Duration.ofMinutes(Spark.MINUTES)),
          (host, series, epochMillis, average) ->
              host(host).recall(series.metric().equals(CPU), epochMillis, average));
      loaded = true;
    }
  }
}
