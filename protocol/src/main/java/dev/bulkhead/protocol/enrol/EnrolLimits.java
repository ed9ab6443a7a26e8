package dev.bulkhead.protocol.enrol;

import java.time.Duration;

/// The bounds of both requests; whoever reads one refuses what is beyond them.
public final class EnrolLimits {

  /// The format's version.
  public static final int VERSION = 1;

  /// Longest body of a request or an answer, in bytes.
  public static final int MAX_BODY = 16 * 1024;

  /// Longest PKCS#10 request, in characters of base64.
  public static final int MAX_CSR = 4096;

  /// Longest host name, in characters.
  public static final int MAX_HOSTNAME = 253;

  /// Longest description of operating system, architecture or version, in characters.
  public static final int MAX_DESCRIPTION = 128;

  /// How far the two clocks may be apart.
  public static final Duration MAX_SKEW = Duration.ofSeconds(60);

  /// Where a host joins.
  public static final String ENROL_PATH = "/v1/enrol";

  /// Where a host asks for another certificate.
  public static final String RENEW_PATH = "/v1/renew";

  private EnrolLimits() {}

  static void checkVersion(int version) {
    if (version != VERSION) {
      throw new IllegalArgumentException("version: only 1 is known");
    }
  }

  static void checkLength(String field, String value, int min, int max) {
    if (value.length() < min || value.length() > max) {
      throw new IllegalArgumentException(field + ": " + min + " to " + max + " characters");
    }
  }

  static void checkText(String field, String value, int max) {
    checkLength(field, value, 1, max);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(field + ": no control characters");
    }
  }
}
