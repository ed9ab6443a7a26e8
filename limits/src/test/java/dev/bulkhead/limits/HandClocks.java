package dev.bulkhead.limits;

import java.time.Duration;
import java.util.UUID;

/// Clocks that are turned by hand.
final class HandClocks implements Clocks {
  private long nanos = 5_000_000_000L;
  private long wallMillis = 1_800_000_000_000L;
  private UUID boot = new UUID(1, 1);

  /// Time passes, for every clock.
  synchronized void pass(Duration time) {
    nanos += time.toNanos();
    wallMillis += time.toMillis();
  }

  /// Somebody sets the wall clock.
  synchronized void step(Duration by) {
    wallMillis += by.toMillis();
  }

  /// The machine starts anew.
  synchronized void reboot() {
    boot = new UUID(boot.getMostSignificantBits(), boot.getLeastSignificantBits() + 1);
    nanos = 1_000_000L;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public synchronized UUID boot() {
    return boot;
  }
}
