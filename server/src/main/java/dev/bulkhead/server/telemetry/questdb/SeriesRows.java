package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.History;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What has been read of one series for a history, coarsest source first, no row overlapping
/// another. Not thread-safe.
final class SeriesRows {
  private final NavigableMap<Long, Bucket> rows = new TreeMap<>();
  private long settledBefore;

  /// Nothing before the beginning (microseconds) is wanted.
  SeriesRows(long beginning) {
    this.settledBefore = beginning;
  }

  /// Before this time nothing more is wanted, in microseconds.
  long settledBefore() {
    return settledBefore;
  }

  /// Takes a row of the source that is being read, unless a coarser source has its time.
  void offer(long micros, Bucket row) {
    if (micros >= settledBefore) {
      rows.put(micros, row);
    }
  }

  /// Ends the reading of a source whose rows are so wide.
  void settle(long width) {
    if (!rows.isEmpty()) {
      settledBefore = Math.max(settledBefore, rows.lastKey() + width);
    }
  }

  /// Takes back the last row, which may be half done, if a finer source will be asked for its time.
  void reopen(long earliest) {
    if (!rows.isEmpty() && rows.lastKey() >= earliest) {
      settledBefore = rows.lastKey();
      rows.pollLastEntry();
    }
  }

  /// The rows as buckets of a step, in microseconds.
  List<History.Point> points(long step) {
    var buckets = new TreeMap<Long, Bucket>();
    rows.forEach(
        (micros, row) -> buckets.merge(Math.floorDiv(micros, step) * step, row, Bucket::plus));
    return buckets.entrySet().stream()
        .map(entry -> entry.getValue().at(entry.getKey() / 1000))
        .toList();
  }

  /// Samples of a span of time, in a form that adds up.
  record Bucket(double total, long count, double low, double high) {
    Bucket plus(Bucket other) {
      return new Bucket(
          total + other.total,
          count + other.count,
          Math.min(low, other.low),
          Math.max(high, other.high));
    }

    History.Point at(long epochMillis) {
      return new History.Point(epochMillis, total / count, low, high);
    }
  }
}
