package dev.bulkhead.server.telemetry.questdb;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/// Where a history can be read, finest first, and how far each lags: beyond its overlap nothing is
/// expected to be missing from the coarser one.
enum Source {
  SAMPLES("samples", 1, Duration.ofDays(8), Duration.ofHours(3)),
  MINUTES("rollup_1m", 60, Duration.ofDays(32), Duration.ofDays(1)),
  QUARTERS("rollup_15m", 900, Duration.ofDays(365), Duration.ofDays(3)),
  HOURS("rollup_1h", 3600, Duration.ofDays(730), Duration.ofDays(730));

  private final String table;
  private final long seconds;
  private final Duration retention;
  private final Duration overlap;

  Source(String table, long seconds, Duration retention, Duration overlap) {
    this.table = table;
    this.seconds = seconds;
    this.retention = retention;
    this.overlap = overlap;
  }

  String table() {
    return table;
  }

  /// Width of a row in seconds.
  long seconds() {
    return seconds;
  }

  /// Width of a row in microseconds.
  long micros() {
    return seconds * 1_000_000;
  }

  /// This source and all finer ones, coarsest first.
  List<Source> downwards() {
    return List.copyOf(EnumSet.range(SAMPLES, this)).reversed();
  }

  /// How long rows are kept for certain.
  Duration retention() {
    return retention;
  }

  /// How far back this source is asked for what coarser ones may not have yet.
  Duration overlap() {
    return overlap;
  }
}
