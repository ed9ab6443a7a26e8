package dev.bulkhead.server.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The last report of each host's busiest processes, in memory: names, never command lines.
/// Thread-safe.
@Component
public final class ProcessReports {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_ITEMS = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cache<HostKey, Report> reports =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(Duration.ofMinutes(5)).build();

  /// @param at when it was taken, by the host's clock
  public record Report(@Nullable Instant at, List<BusyProcess> items) {
    private static final Report NONE = new Report(null, List.of());

    public Report {
      items =
          items == null
              ? List.of()
              : List.copyOf(items.subList(0, Math.min(items.size(), MAX_ITEMS)));
    }
  }

  /// One process; `cpu` counts cores.
  public record BusyProcess(
      int pid,
      @Nullable String name,
      @Nullable String user,
      double cpu,
      long memoryBytes,
      int threads,
      @Nullable String state,
      @Nullable Instant startedAt) {}

  /// Keeps what a host sent; false when it is no report.
  public boolean accept(HostKey host, byte[] json) {
    if (json.length > MAX_BYTES) {
      return false;
    }
    try {
      reports.put(host, JSON.readValue(json, Report.class));
      return true;
    } catch (JacksonException malformed) {
      return false;
    }
  }

  void forget(UUID tenant) {
    reports.asMap().keySet().removeIf(host -> host.tenant().equals(tenant));
  }

  Report latest(HostKey host) {
    return Objects.requireNonNullElse(reports.getIfPresent(host), Report.NONE);
  }
}
