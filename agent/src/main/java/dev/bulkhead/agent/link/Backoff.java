package dev.bulkhead.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next try: a random time between nothing and a bound that doubles
/// from one second to sixty ("full jitter"), so that a thousand agents do not come back at once.
///
/// Not thread-safe.
public final class Backoff {

  private static final long FIRST_MILLIS = 1_000;
  private static final long MAX_MILLIS = 60_000;

  private final RandomGenerator random;
  private long bound = FIRST_MILLIS;

  /// Draws from the generator.
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// The next wait.
  public Duration next() {
    long millis = random.nextLong(bound + 1);
    bound = Math.min(bound * 2, MAX_MILLIS);
    return Duration.ofMillis(millis);
  }

  /// Begins anew: the last try worked.
  public void reset() {
    bound = FIRST_MILLIS;
  }
}
