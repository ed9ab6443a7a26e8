package dev.bulkhead.server.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, six digits, steps of 30 s, one step of
/// tolerance either way, each step good once.
final class Totp {
  static final int SECRET_BYTES = 20;

  private static final long STEP_SECONDS = 30;
  private static final int MODULUS = 1_000_000;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /// The step that a code belongs to, if it is right now and later than `lastStep`.
  static OptionalLong verify(byte[] secret, String code, Instant now, long lastStep) {
    final byte[] typed = code.replace(" ", "").getBytes(StandardCharsets.UTF_8);
    final long current = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    OptionalLong found = OptionalLong.empty();
    for (long step = current - 1; step <= current + 1; step++) {
      final boolean same =
          MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), typed);
      if (same && step > lastStep) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  static String code(byte[] secret, long step) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      final byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      final int offset = hash[hash.length - 1] & 0xf;
      final int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
      return String.format("%06d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-1 is not available", e);
    }
  }

  /// Base 32 of RFC 4648 without padding, as authenticator apps take it.
  static String base32(byte[] bytes) {
    final StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }
}
