package dev.bulkhead.cli.up;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next start: anything up to a bound that doubles with every failure
/// in a row (full jitter), 0.5 s at first and 30 s at most. A minute of life starts it anew.
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration HEALTHY = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 6;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// The wait after a life of this length; zero for one that did not get ready.
  Duration next(Duration lived) {
    if (lived.compareTo(HEALTHY) >= 0) {
      failures = 0;
    }
    Duration bound = FIRST.multipliedBy(1L << Math.min(failures, DOUBLINGS));
    failures++;
    long most = Math.min(bound.toMillis(), MOST.toMillis());
    return Duration.ofMillis(random.nextLong(most + 1));
  }
}
