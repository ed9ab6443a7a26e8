package dev.bulkhead.server.identity;

import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/// Guesses at what somebody knows: the more were wrong of late, the longer the wait before the
/// next. Several rates, each slower and with a longer memory, apply at once: five guesses are free,
/// then they come one a second, from the eleventh on one in 10 s, from the 21st one a minute, from
/// the 31st one in five minutes. A right one costs nothing and forgives nothing. Kept in the file
/// of limits: a restart forgets none. Thread-safe.
@Component
public final class Guesses {
  private static final List<Rate> DELAYS =
      List.of(
          new Rate("", 5, Duration.ofSeconds(5)),
          new Rate("-2", 10, Duration.ofSeconds(100)),
          new Rate("-3", 20, Duration.ofMinutes(20)),
          new Rate("-4", 30, Duration.ofMinutes(150)));
  // Whoever has the password must not get through all codes within a year.
  private static final Rate DAY = new Rate("-day", 60, Duration.ofDays(1));

  private final Attempts attempts;

  Guesses(Attempts attempts) {
    this.attempts = attempts;
  }

  /// What is guessed, each with a count of its own.
  public enum Kind {
    /// A password under a name, whether anybody has the name or not.
    PASSWORD("password-of-name", DELAYS),
    /// A person's own password, by somebody who holds their session.
    OWN_PASSWORD("own-password", DELAYS),
    /// An app's or a recovery code of a person, signing in or stepping up.
    CODE("code-of-person", withDay());

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Rate> rates;

    Kind(String label, List<Rate> rates) {
      this.label = label;
      this.rates = rates;
    }

    private static List<Rate> withDay() {
      return List.of(DELAYS.get(0), DELAYS.get(1), DELAYS.get(2), DELAYS.get(3), DAY);
    }
  }

  private record Rate(String suffix, int allowed, Duration window) {}

  /// Takes one guess, before it is looked at: of many at once no more get through than one after
  /// the other.
  ///
  /// @param key whose secret is guessed: a name's key or a person's id
  /// @throws ProblemException `rate_limited` with the time to wait
  public void take(Kind kind, String key) {
    // The fastest first: what a slower one then refuses has cost a second.
    for (Rate rate : kind.rates) {
      attempts.take(kind.label + rate.suffix(), key, rate.allowed(), rate.window());
    }
  }

  /// Gives the guess back that turned out right.
  public void giveBack(Kind kind, String key) {
    for (Rate rate : kind.rates) {
      attempts.giveBack(kind.label + rate.suffix(), key, rate.allowed(), rate.window());
    }
  }
}
