package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Series;
import io.questdb.cairo.wal.WalWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Which host has which series. Held in memory, and written to the catalogue table when a host
/// first sends a series and once a week after, so that a start finds it again and what is no longer
/// sent leaves room under the host's limit after two weeks. Thread-safe; one writer.
final class SeriesCatalogue {
  static final Duration WRITTEN_AGAIN = Duration.ofDays(7);
  static final Duration FORGOTTEN = Duration.ofDays(14);

  private final int seriesPerHost;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Series> series = new ArrayList<>();
  private final Map<HostKey, HostSeries> hosts = new HashMap<>();
  private final List<Sighting> unwritten = new ArrayList<>();

  private record Sighting(HostKey host, int id, int hour) {}

  SeriesCatalogue(int seriesPerHost) {
    this.seriesPerHost = seriesPerHost;
  }

  /// Reads what the table knows, which no writer is changing yet.
  synchronized void load(Engine engine, Instant now) {
    engine.select(
        "SELECT ts, tenant, host, series FROM series_seen WHERE ts >= $1",
        List.of(Micros.of(now.minus(FORGOTTEN))),
        row -> {
          var host =
              new HostKey(
                  UUID.fromString(row.getSymA(1).toString()),
                  UUID.fromString(row.getSymA(2).toString()));
          var seen = hosts.computeIfAbsent(host, _ -> new HostSeries());
          var id = idOf(Series.parse(row.getSymA(3).toString()));
          seen.put(id, Math.max(seen.hourOf(id), Micros.hour(row.getTimestamp(0))));
        });
  }

  /// Whether a sample of this series may be stored: the series is known, or there is room for it.
  synchronized boolean admit(HostKey host, Series candidate, Instant now) {
    var seen = hosts.computeIfAbsent(host, _ -> new HostSeries());
    var hour = Micros.hour(Micros.of(now));
    var known = ids.get(candidate.key());
    var last = known == null ? -1 : seen.hourOf(known);
    if (last >= 0 && hour - last < WRITTEN_AGAIN.toHours()) {
      return true;
    }
    if (last < 0 && !hasRoom(seen, hour)) {
      return false;
    }
    var id = known == null ? idOf(candidate) : known;
    seen.put(id, hour);
    unwritten.add(new Sighting(host, id, hour));
    return true;
  }

  private boolean hasRoom(HostSeries seen, int hour) {
    if (seen.size() >= seriesPerHost) {
      seen.removeBefore(hour - (int) FORGOTTEN.toHours());
    }
    return seen.size() < seriesPerHost;
  }

  private int idOf(Series candidate) {
    return ids.computeIfAbsent(
        candidate.key(),
        _ -> {
          series.add(candidate);
          return series.size() - 1;
        });
  }

  synchronized boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /// Adds the rows that [#admit] made necessary; the caller commits, then says [#written].
  synchronized void writeTo(WalWriter writer) {
    for (var sighting : unwritten) {
      var row = writer.newRow(TimeUnit.HOURS.toMicros(sighting.hour()));
      row.putSym(1, sighting.host().tenant().toString());
      row.putSym(2, sighting.host().host().toString());
      row.putSym(3, series.get(sighting.id()).key());
      row.append();
    }
  }

  synchronized void written() {
    unwritten.clear();
  }

  /// What the host is known to send, by key.
  synchronized List<Series> list(UUID tenant, UUID host, Predicate<Series> wanted) {
    var seen = hosts.get(new HostKey(tenant, host));
    if (seen == null) {
      return List.of();
    }
    var found = new ArrayList<Series>();
    seen.forEach(id -> found.add(series.get(id)));
    return found.stream().filter(wanted).sorted(Comparator.comparing(Series::key)).toList();
  }

  /// The distinct series that a tenant's hosts are known to send, by key.
  synchronized List<Series> listAll(UUID tenant, Predicate<Series> wanted) {
    var found = new BitSet();
    hosts.forEach(
        (host, seen) -> {
          if (host.tenant().equals(tenant)) {
            seen.forEach(found::set);
          }
        });
    return found.stream()
        .mapToObj(series::get)
        .filter(wanted)
        .sorted(Comparator.comparing(Series::key))
        .toList();
  }
}
