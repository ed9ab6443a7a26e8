package dev.bulkhead.agent.collect;

import java.io.IOException;

/// Reads one kind of figure. Called by one thread at a time, but not always the same one.
interface Collector {

  /// A short name for logs.
  String name();

  /// Reads and reports.
  ///
  /// @param nanos the monotonic clock, for rates
  /// @throws IOException when the system does not tell; what was reported before counts
  void collect(long nanos, MetricSink sink) throws IOException;
}
