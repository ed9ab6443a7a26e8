package dev.bulkhead.server.identity;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/// An authenticator app.
public final class TestTotp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;

  public TestTotp(String base32) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < base32.length(); i++) {
      buffer = (buffer << 5) | BASE32.indexOf(base32.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    secret = bytes.toByteArray();
  }

  /// The code of now, or of so many steps later.
  public String code(int stepsAhead) {
    return Totp.code(secret, Instant.now().getEpochSecond() / 30 + stepsAhead);
  }
}
