package dev.bulkhead.server.web;

import dev.bulkhead.limits.Limits;
import dev.bulkhead.limits.Rate;
import dev.bulkhead.limits.Verdict;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/// Limits on guessing: so many attempts of a kind for one address or person. What was taken is in
/// the file `limits`, so that a restart forgets no attempt, and a flood writes nothing to the
/// database. An IPv6 network of 64 bits counts as one address. Thread-safe.
@Component
public final class Attempts implements AutoCloseable {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int NETWORK_BYTES = 8;

  private final Limits limits;

  Attempts(ServerConfiguration configuration) {
    limits = Limits.open(configuration.data().resolve("limits"));
  }

  /// Takes one attempt.
  ///
  /// @param kind what is attempted, such as `sign-in`
  /// @param key who attempts it: an address or an id
  /// @param perMinute how many are allowed in a minute
  /// @throws ProblemException `rate_limited` with the time to wait
  public void take(String kind, String key, int perMinute) {
    take(kind, key, perMinute, MINUTE);
  }

  /// Takes one attempt of so many in a window.
  ///
  /// @throws ProblemException `rate_limited` with the time to wait
  public void take(String kind, String key, int allowed, Duration window) {
    switch (limits.take(kind, network(key), new Rate(allowed, window))) {
      case Verdict.Taken _ -> {
        // Go on.
      }
      case Verdict.Refused refused -> throw refused(refused.retryAfter());
      case Verdict.TooMuch _ -> throw refused(window);
    }
  }

  /// Gives one attempt back, as if it had not been made.
  public void giveBack(String kind, String key, int allowed, Duration window) {
    limits.giveBack(kind, network(key), new Rate(allowed, window));
  }

  private static ProblemException refused(Duration retryAfter) {
    final Duration wait = Duration.ofSeconds(retryAfter.toSeconds() + 1);
    return ProblemException.limited(
        ProblemType.RATE_LIMITED, "Wait " + wait.toSeconds() + " s before the next attempt.", wait);
  }

  // Never a look-up of a name, which whoever signs in could choose.
  private static String network(String key) {
    if (key.indexOf(':') < 0) {
      return key;
    }
    try {
      return InetAddress.ofLiteral(key) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
          : key;
    } catch (IllegalArgumentException notAnAddress) {
      return key;
    }
  }

  @Override
  public void close() {
    limits.close();
  }
}
