package dev.bulkhead.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/// Limits on guessing, in memory: so many attempts of a kind a minute for one address or person. An
/// IPv6 network of 64 bits counts as one address. Thread-safe, and bounded: the least used keys are
/// forgotten first.
@Component
public final class Attempts {
  private static final int MAX_KEYS = 50_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int NETWORK_BYTES = 8;

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(KEPT).build();

  /// Takes one attempt.
  ///
  /// @param kind what is attempted, such as `sign-in`
  /// @param key who attempts it: an address or an id
  /// @param perMinute how many are allowed in a minute
  /// @throws ProblemException `rate_limited` with the time to wait
  public void take(String kind, String key, int perMinute) {
    take(kind, key, perMinute, MINUTE);
  }

  /// Takes one attempt of so many in a window of at most an hour.
  ///
  /// @throws ProblemException `rate_limited` with the time to wait
  public void take(String kind, String key, int allowed, Duration window) {
    final ConsumptionProbe probe =
        buckets
            .get(kind + "|" + network(key), _ -> bucket(allowed, window))
            .tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      final Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1);
      throw ProblemException.limited(
          ProblemType.RATE_LIMITED,
          "Wait " + wait.toSeconds() + " s before the next attempt.",
          wait);
    }
  }

  private static Bucket bucket(int allowed, Duration window) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(allowed).refillGreedy(allowed, window))
        .build();
  }

  private static String network(String key) {
    if (key.indexOf(':') < 0) {
      return key;
    }
    try {
      return InetAddress.getByName(key) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
          : key;
    } catch (UnknownHostException notAnAddress) {
      return key;
    }
  }
}
