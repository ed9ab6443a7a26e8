package dev.bulkhead.agent.collect;

import java.util.Optional;

/// Reads the figures of the host on one platform. Called by one thread.
public interface Probe {

  /// Reads everything that is due and reports it; never takes longer than a few seconds.
  ///
  /// @param nanos the monotonic clock
  void sample(long nanos, MetricSink sink);

  /// The processes that use most, each time they are due.
  ///
  /// @param nanos the monotonic clock
  /// @param nowMillis the wall clock, milliseconds since 1970
  /// @param watched whether somebody looks, which makes them due more often
  Optional<ProcessReport> processes(long nanos, long nowMillis, boolean watched);

  /// When the host started, milliseconds since 1970; 0 where that is not known.
  long bootMillis();
}
