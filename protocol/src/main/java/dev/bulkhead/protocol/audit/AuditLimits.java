package dev.bulkhead.protocol.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;

/// The bounds of a record's parts, in bytes of UTF-8; together they never pass 16 KiB.
final class AuditLimits {

  static final int MAX_NAME = 64;
  static final int MAX_KIND = 32;
  static final int MAX_ID = 128;
  static final int MAX_DETAILS = 32;
  static final int MAX_VALUE = 4096;
  private static final int MAX_DETAILS_BYTES = 12 * 1024;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private AuditLimits() {}

  static void checkTime(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("time: between the years 1970 and 9999");
    }
  }

  static Instant timeOfMicros(long micros) {
    // Compared before the conversion, which throws something else for what no calendar holds.
    if (micros < 0 || micros > ChronoUnit.MICROS.between(Instant.EPOCH, LATEST)) {
      throw new IllegalArgumentException("time: between the years 1970 and 9999");
    }
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static void checkType(String type) {
    if (type.isEmpty() || type.length() > MAX_NAME || !isType(type)) {
      throw new IllegalArgumentException("type: lower-case words joined by dots, at most 64");
    }
  }

  static void checkWord(String field, String value, int max) {
    if (value.isEmpty() || value.length() > max || !isWord(value)) {
      throw new IllegalArgumentException(field + ": 1 to " + max + " of a-z A-Z 0-9 . _ -");
    }
  }

  static void checkText(String field, String value, int max) {
    int length = utf8Length(field, value);
    if (length == 0 || length > max) {
      throw new IllegalArgumentException(field + ": 1 to " + max + " bytes");
    }
  }

  static void checkDetails(SortedMap<String, String> details) {
    if (details.size() > MAX_DETAILS) {
      throw new IllegalArgumentException("details: at most " + MAX_DETAILS);
    }
    int total = 0;
    for (var entry : details.entrySet()) {
      checkWord("details", entry.getKey(), MAX_NAME);
      int length = utf8Length("details", entry.getValue());
      if (length > MAX_VALUE) {
        throw new IllegalArgumentException("details: a value has at most " + MAX_VALUE + " bytes");
      }
      total += entry.getKey().length() + length;
    }
    if (total > MAX_DETAILS_BYTES) {
      throw new IllegalArgumentException("details: at most " + MAX_DETAILS_BYTES + " bytes");
    }
  }

  private static boolean isType(String text) {
    boolean wordBegins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (wordBegins) {
          return false;
        }
        wordBegins = true;
      } else if (c >= 'a' && c <= 'z') {
        wordBegins = false;
      } else if (wordBegins || !(c == '_' || (c >= '0' && c <= '9'))) {
        return false;
      }
    }
    return !wordBegins;
  }

  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// Counts bytes and refuses half a surrogate pair, which has no UTF-8 and would not come back.
  private static int utf8Length(String field, String value) {
    int length = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        length += 1;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        throw new IllegalArgumentException(field + ": not valid Unicode");
      }
    }
    return length;
  }
}
