package dev.bulkhead.server.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A new authenticator app's secret, as its page shows it, once.
///
/// @param secret base 32
/// @param otpauthUri what the QR code says
/// @param qrSvg an SVG image
public record TotpView(String secret, String otpauthUri, String qrSvg) {
  static TotpView of(String name, byte[] secret) {
    final String text = Totp.base32(secret);
    final String uri = otpauthUri(name, text);
    return new TotpView(text, uri, QrCode.svg(uri));
  }

  private static String otpauthUri(String name, String secret) {
    final String label =
        URLEncoder.encode("Bulkhead:" + name, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/"
        + label
        + "?secret="
        + secret
        + "&issuer=Bulkhead&algorithm=SHA1&digits=6&period=30";
  }
}
