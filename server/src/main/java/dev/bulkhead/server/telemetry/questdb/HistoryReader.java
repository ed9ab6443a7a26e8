package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.History;
import dev.bulkhead.server.telemetry.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads histories. Roll-ups are refreshed a little later than samples arrive, so each answer is
/// taken from the source that fits the step, and from the finer ones for what comes after the last
/// row that it has of a series; that last row may be half done and is taken from the finer one too.
final class HistoryReader {
  private static final int MAX_LINES = 512;
  private static final int SERIES_PER_QUERY = 64;

  private final Engine engine;
  private final SeriesCatalogue catalogue;

  HistoryReader(Engine engine, SeriesCatalogue catalogue) {
    this.engine = engine;
    this.catalogue = catalogue;
  }

  /// A question, resolved.
  record Question(
      UUID tenant, UUID host, String metric, Instant now, Instant from, Instant to, Resolution by) {

    long stepMicros() {
      return Duration.ofSeconds(by.stepSeconds()).toNanos() / 1000;
    }

    /// The begin, aligned to the step.
    long fromMicros() {
      return Math.floorDiv(Micros.of(from), stepMicros()) * stepMicros();
    }

    long toMicros() {
      return Micros.of(to);
    }
  }

  History read(Question question) {
    var series = find(question);
    var lines = new ArrayList<History.Line>();
    for (var start = 0; start < series.size(); start += SERIES_PER_QUERY) {
      var some = series.subList(start, Math.min(series.size(), start + SERIES_PER_QUERY));
      readSome(question, some)
          .forEach(
              (one, rows) -> {
                var points = rows.points(question.stepMicros());
                if (!points.isEmpty()) {
                  lines.add(new History.Line(one, points));
                }
              });
    }
    return new History(
        question.metric(),
        series.isEmpty() ? "" : series.getFirst().unit(),
        Instant.ofEpochMilli(question.fromMicros() / 1000),
        question.to(),
        Duration.ofSeconds(question.by().stepSeconds()),
        lines);
  }

  private List<Series> find(Question question) {
    var keys = new TreeSet<String>();
    catalogue
        .list(question.tenant(), question.host(), s -> s.metric().equals(question.metric()))
        .forEach(s -> keys.add(s.key()));
    // What is written once a week was written at most a week before the range begins.
    engine.select(
        """
        SELECT DISTINCT series FROM series_seen
        WHERE tenant = $1 AND host = $2 AND ts >= $3 AND ts < $4
        """,
        List.of(
            question.tenant(),
            question.host(),
            Micros.of(question.from().minus(SeriesCatalogue.WRITTEN_AGAIN).minusSeconds(7200)),
            question.toMicros()),
        row -> {
          var key = row.getSymA(0).toString();
          if (key.startsWith(question.metric() + "|")) {
            keys.add(key);
          }
        });
    return keys.stream().limit(MAX_LINES).map(Series::parse).toList();
  }

  private Map<Series, SeriesRows> readSome(Question question, List<Series> series) {
    var rows = new LinkedHashMap<Series, SeriesRows>();
    series.forEach(one -> rows.put(one, new SeriesRows(question.fromMicros())));
    var chosen = question.by().source();
    for (var source : chosen.downwards()) {
      var earliest = question.fromMicros();
      if (source != chosen) {
        var overlap = Micros.of(question.now().minus(source.overlap()));
        rows.values().forEach(one -> one.reopen(overlap));
        earliest =
            Math.max(
                overlap,
                rows.values().stream().mapToLong(SeriesRows::settledBefore).min().orElseThrow());
      }
      read(question, source, rows, earliest);
      rows.values().forEach(one -> one.settle(source.micros()));
    }
    return rows;
  }

  private void read(Question question, Source source, Map<Series, SeriesRows> rows, long earliest) {
    if (earliest >= question.toMicros()) {
      return;
    }
    var parameters = new ArrayList<Object>();
    parameters.add(question.tenant());
    parameters.add(question.host());
    parameters.add(earliest);
    parameters.add(question.toMicros());
    var byKey = new HashMap<String, SeriesRows>();
    rows.forEach(
        (one, itsRows) -> {
          parameters.add(one.key());
          byKey.put(one.key(), itsRows);
        });
    engine.select(
        query(question, source, rows.size()),
        parameters,
        row -> {
          var known = byKey.get(row.getSymA(1).toString());
          if (known != null) {
            known.offer(
                row.getTimestamp(0),
                new SeriesRows.Bucket(
                    row.getDouble(2), row.getLong(3), row.getDouble(4), row.getDouble(5)));
          }
        });
  }

  private static String query(Question question, Source source, int series) {
    var keys =
        IntStream.range(0, series).mapToObj(i -> "$" + (i + 5)).collect(Collectors.joining(", "));
    if (source != Source.SAMPLES) {
      return """
      SELECT ts, series, total, n, low, high FROM %s
      WHERE tenant = $1 AND host = $2 AND ts >= $3 AND ts < $4 AND series IN (%s)
      """
          .formatted(source.table(), keys);
    }
    var width = question.by().source() == Source.SAMPLES ? question.by().stepSeconds() : 60;
    return """
    SELECT timestamp_floor('%ds', ts) at, series, sum(value), count(), min(value), max(value)
    FROM samples
    WHERE tenant = $1 AND host = $2 AND ts >= $3 AND ts < $4 AND series IN (%s)
    """
        .formatted(width, keys);
  }
}
