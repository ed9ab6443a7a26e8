package dev.bulkhead.server.identity;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import dev.bulkhead.server.web.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What a password must be: long enough, not on the offline list of common and breached ones, and
/// not guessable in reach of an attacker who has the hash. Thread-safe; nothing leaves the machine.
@Component
public final class PasswordPolicy {
  static final int MIN_LENGTH = 12;
  // Longer texts cost time to hash and to judge and add nothing.
  static final int MAX_LENGTH = 256;
  private static final int MIN_SCORE = 3;
  private static final int JUDGED_LENGTH = 72;
  private static final int TELLING_NAME_LENGTH = 4;
  private static final String LIST = "/passwords/common-passwords.txt";

  private final Zxcvbn zxcvbn = new Zxcvbn();
  private final Set<String> common = readList();

  /// Why a password is refused.
  enum Refusal {
    TOO_SHORT("Use at least 12 characters."),
    TOO_LONG("Use at most 256 characters."),
    CONTAINS_NAME("Leave your name out of it."),
    COMMON("This is one of the passwords that attackers try first."),
    GUESSABLE(
        "This can be guessed. Several words that do not belong together are stronger and easier to keep.");

    private final String advice;

    Refusal(String advice) {
      this.advice = advice;
    }

    String advice() {
      return advice;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The verdict on a password.
  ///
  /// @param score 0 (guessed at once) to 4 (out of reach)
  record Verdict(int score, @Nullable Refusal refusal) {
    boolean accepted() {
      return refusal == null;
    }
  }

  /// @param name of whose password it is to be
  /// @throws ProblemException `validation` when the password is too weak
  public void require(String password, String name) {
    final Refusal refusal = judge(password, name).refusal();
    if (refusal != null) {
      throw ProblemException.field("password", refusal.advice());
    }
  }

  Verdict judge(String password, String name) {
    final String judged = password.substring(0, Math.min(password.length(), JUDGED_LENGTH));
    final Strength strength = zxcvbn.measure(judged, List.of(name, "bulkhead"));
    final int score = strength.getScore();
    final String folded = password.toLowerCase(Locale.ROOT);
    if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
      return new Verdict(Math.min(score, 1), Refusal.TOO_SHORT);
    }
    if (password.length() > MAX_LENGTH) {
      return new Verdict(score, Refusal.TOO_LONG);
    }
    if (common.contains(folded) || common.contains(stripped(folded))) {
      return new Verdict(0, Refusal.COMMON);
    }
    if (name.length() >= TELLING_NAME_LENGTH && folded.contains(name.toLowerCase(Locale.ROOT))) {
      return new Verdict(Math.min(score, 1), Refusal.CONTAINS_NAME);
    }
    return new Verdict(score, score < MIN_SCORE ? Refusal.GUESSABLE : null);
  }

  // "dragonballz2024!" is "dragonballz" to whoever guesses.
  private static String stripped(String folded) {
    return folded.replaceAll("^[^a-z]+|[^a-z]+$", "");
  }

  private static Set<String> readList() {
    try (InputStream list = PasswordPolicy.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException(
            "the list of common passwords is missing from the build: " + LIST);
      }
      final BufferedReader lines =
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
      final Set<String> common = new HashSet<>();
      lines.lines().filter(line -> !line.isBlank()).forEach(common::add);
      return Set.copyOf(common);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
