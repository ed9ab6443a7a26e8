package dev.bulkhead.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// The first owner of a server, made through its API and signed in.
///
/// @param browser holds the session
public record Owner(Browser browser, UUID tenant) {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// Goes through the setup with an authenticator app.
  public static Owner setUp(TestServer server) {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    final String opened =
        browser
            .post("/api/v1/setup/code", Map.of("code", server.setupCode()))
            .json()
            .path("ceremony")
            .asString();
    final JsonNode offer =
        browser
            .post(
                "/api/v1/setup/account",
                Map.of(
                    "ceremony",
                    opened,
                    "name",
                    "owner",
                    "tenantName",
                    "Acme",
                    "password",
                    "marsh lantern orbit 47 quilt"))
            .json();
    final Browser.Answer done =
        browser.post(
            "/api/v1/setup/finish",
            Map.of(
                "ceremony",
                offer.path("ceremony").asString(),
                "factor",
                "totp",
                "code",
                code(decode(offer.path("totp").path("secret").asString()))));
    if (done.status() != 200) {
      throw new IllegalStateException("setup failed: " + done.text());
    }
    return new Owner(
        browser,
        UUID.fromString(done.json().path("session").path("account").path("tenantId").asString()));
  }

  // RFC 6238 with SHA-1, six digits, 30 seconds.
  private static String code(byte[] secret) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      final byte[] hash =
          mac.doFinal(ByteBuffer.allocate(8).putLong(Instant.now().getEpochSecond() / 30).array());
      final int bits = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & Integer.MAX_VALUE;
      return "%06d".formatted(bits % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String base32) {
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
    return bytes.toByteArray();
  }
}
