package dev.bulkhead.server.identity;

import dev.bulkhead.server.secrets.Keys;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// Ten codes for the day when the second factor is lost; each works once. Stored as keyed hashes.
@Component
final class RecoveryCodes {
  private static final int COUNT = 10;
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LENGTH = 10;

  private final Keys keys;

  RecoveryCodes(Keys keys) {
    this.keys = keys;
  }

  List<String> generate() {
    return IntStream.range(0, COUNT).mapToObj(i -> one()).toList();
  }

  byte[] hash(UUID person, String code) {
    return keys.hash(
        "recovery_code/" + person, code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""));
  }

  private String one() {
    final StringBuilder code = new StringBuilder();
    while (code.length() < LENGTH + 1) {
      final int value = keys.random(1)[0] & 31;
      // Thirty-one letters: the one value too many is drawn again, so that all stay equally likely.
      if (value < ALPHABET.length()) {
        code.append(ALPHABET.charAt(value));
      }
      if (code.length() == LENGTH / 2) {
        code.append('-');
      }
    }
    return code.toString();
  }
}
