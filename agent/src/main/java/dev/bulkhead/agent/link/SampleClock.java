package dev.bulkhead.agent.link;

/// Times for samples: the wall clock's, but never the same twice and never back.
///
/// When the wall clock stands before the last sample (it was set back), time goes on at half its
/// speed until the wall clock has caught up. So no sample takes another's place, the order holds,
/// and the error heals by itself: after a step of ten minutes, in twenty. Not thread-safe.
public final class SampleClock {

  private long lastMillis;
  private long lastNanos;

  /// Begins behind the last sample of an earlier process.
  ///
  /// @param lastMillis its time, or 0
  public SampleClock(long lastMillis) {
    this.lastMillis = lastMillis;
  }

  /// The time of a sample that is taken now.
  ///
  /// @param wallMillis the wall clock, milliseconds since 1970
  /// @param nanos the monotonic clock
  public long next(long wallMillis, long nanos) {
    long time = wallMillis;
    if (wallMillis <= lastMillis) {
      long elapsed = lastNanos == 0 ? 0 : (nanos - lastNanos) / 1_000_000;
      time = lastMillis + Math.max(1, elapsed / 2);
    }
    lastMillis = time;
    lastNanos = nanos;
    return time;
  }
}
