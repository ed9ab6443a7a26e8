package dev.bulkhead.agent.link;

import java.time.Duration;

/// Notices when the wall clock and the monotonic clock part: somebody set the clock, or the machine
/// slept. Not thread-safe.
public final class ClockWatch {

  private final long toleranceMillis;
  private long offset;
  private boolean begun;

  /// Jumps below the tolerance are drift.
  public ClockWatch(Duration tolerance) {
    toleranceMillis = tolerance.toMillis();
  }

  /// How far the wall clock has jumped since the last look; zero for drift.
  public Duration jump(long wallMillis, long nanos) {
    long now = wallMillis - nanos / 1_000_000;
    long moved = begun ? now - offset : 0;
    boolean jumped = Math.abs(moved) > toleranceMillis;
    offset = now;
    begun = true;
    return jumped ? Duration.ofMillis(moved) : Duration.ZERO;
  }
}
