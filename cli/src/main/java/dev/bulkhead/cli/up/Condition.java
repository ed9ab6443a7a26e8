package dev.bulkhead.cli.up;

import java.time.Duration;

/// A condition of the world outside, which can only be looked at again and again.
@FunctionalInterface
interface Condition {

  boolean holds() throws InterruptedException;

  /// Looks every `interval` until it holds.
  static void await(Duration interval, Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(interval);
    }
  }

  /// Looks every `interval` until it holds or the time is up.
  ///
  /// @return whether it holds
  static boolean await(Duration interval, Duration most, Condition condition)
      throws InterruptedException {
    var watch = Stopwatch.start();
    while (!condition.holds()) {
      if (watch.elapsed().compareTo(most) > 0) {
        return false;
      }
      Thread.sleep(interval);
    }
    return true;
  }
}
