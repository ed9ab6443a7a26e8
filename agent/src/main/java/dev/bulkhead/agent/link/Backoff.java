package dev.bulkhead.agent.link;

import dev.bulkhead.protocol.join.LinkAddress;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// How long to wait before the next try: a random time between nothing and a bound that doubles
/// from one second to sixty ("full jitter"), so that a thousand agents do not come back at once.
///
/// Not thread-safe.
public final class Backoff {

  private static final long FIRST_MILLIS = 1_000;
  private static final long MAX_MILLIS = 60_000;
  private static final long NEAR_MAX_MILLIS = 5_000;
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

  private final RandomGenerator random;
  private final long maxMillis;
  private long bound = FIRST_MILLIS;

  /// Draws from the generator.
  public Backoff(RandomGenerator random) {
    this(random, MAX_MILLIS);
  }

  private Backoff(RandomGenerator random, long maxMillis) {
    this.random = random;
    this.maxMillis = maxMillis;
  }

  /// For a server at these addresses. One that is reached by loopback alone has no herd to fear,
  /// and should have its own machine back soon after a restart: five seconds at most.
  public static Backoff of(List<LinkAddress> addresses, RandomGenerator random) {
    boolean near = addresses.stream().allMatch(a -> LOOPBACK.matcher(a.host()).matches());
    return near ? new Backoff(random, NEAR_MAX_MILLIS) : new Backoff(random);
  }

  /// The next wait.
  public Duration next() {
    long millis = random.nextLong(bound + 1);
    bound = Math.min(bound * 2, maxMillis);
    return Duration.ofMillis(millis);
  }

  /// Begins anew: the last try worked.
  public void reset() {
    bound = FIRST_MILLIS;
  }
}
