package dev.bulkhead.cli.up;

import java.time.Duration;

/// Measures elapsed time by the clock that never steps.
record Stopwatch(long startedNanos) {

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
