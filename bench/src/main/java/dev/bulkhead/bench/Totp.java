package dev.bulkhead.bench;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The codes of an authenticator app (RFC 6238: SHA-1, 30 s, six digits).
final class Totp {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int PERIOD_SECONDS = 30;

  private Totp() {}

  /// @param secret base32 without padding, of 32 characters
  static String code(String secret, Instant now) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(secret), "HmacSHA1"));
      byte[] hash =
          mac.doFinal(
              ByteBuffer.allocate(Long.BYTES)
                  .putLong(now.getEpochSecond() / PERIOD_SECONDS)
                  .array());
      int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA1", e);
    }
  }

  private static byte[] decode(String secret) {
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < secret.length(); i++) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
    }
    // The leading one keeps leading zeros, and the last bits that make no byte go.
    int length = secret.length() * 5 / 8;
    byte[] all = bits.shiftRight(secret.length() * 5 % 8).toByteArray();
    return java.util.Arrays.copyOfRange(all, all.length - length, all.length);
  }
}
