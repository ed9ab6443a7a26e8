package dev.bulkhead.agent.link;

import dev.bulkhead.protocol.telemetry.SampleInterval;

/// How often to sample: as the server said last, and every ten seconds again half a minute after it
/// last asked for every second. Safe for several threads.
public final class SampleRate {

  private long fastUntil;
  private boolean fast;

  /// The server has said something.
  ///
  /// @param nanos the monotonic clock
  public synchronized void set(SampleInterval interval, long nanos) {
    fast = interval == SampleInterval.FAST;
    fastUntil = nanos + SampleInterval.FAST_LASTS.toNanos();
  }

  /// What holds now.
  ///
  /// @param nanos the monotonic clock
  public synchronized SampleInterval at(long nanos) {
    fast = fast && nanos - fastUntil < 0;
    return fast ? SampleInterval.FAST : SampleInterval.NORMAL;
  }
}
