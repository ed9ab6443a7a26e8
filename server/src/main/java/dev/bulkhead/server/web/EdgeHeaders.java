package dev.bulkhead.server.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The security headers of every answer on the UI listener, malformed requests included: one list
/// for all.
final class EdgeHeaders {
  private static final Map<String, String> ALWAYS = new LinkedHashMap<>();

  static {
    ALWAYS.put("X-Frame-Options", "DENY");
    ALWAYS.put("X-Content-Type-Options", "nosniff");
    ALWAYS.put("Referrer-Policy", "no-referrer");
    ALWAYS.put("Cross-Origin-Opener-Policy", "same-origin");
    ALWAYS.put("Cross-Origin-Resource-Policy", "same-origin");
    ALWAYS.put("Cross-Origin-Embedder-Policy", "require-corp");
    ALWAYS.put(
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(),"
            + " microphone=(), midi=(), payment=(), usb=(), publickey-credentials-create=(self),"
            + " publickey-credentials-get=(self)");
    ALWAYS.put(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
            + " connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private EdgeHeaders() {}

  /// The given fields with ours, which win, and without whatever names the product.
  static HttpFields apply(HttpFields fields, boolean secure) {
    return apply(fields, secure, Map.of());
  }

  /// The same, and the headers for the origin that asks.
  static HttpFields apply(HttpFields fields, boolean secure, Map<String, String> forOrigin) {
    final HttpFields.Mutable all = HttpFields.build(fields);
    all.remove(HttpHeader.SERVER);
    ALWAYS.forEach((name, value) -> all.put(new HttpField(name, value)));
    forOrigin.forEach((name, value) -> all.put(new HttpField(name, value)));
    if (secure) {
      all.put("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
    }
    // What is not an immutable file of ours is nobody's to keep.
    if (!all.contains(HttpHeader.CACHE_CONTROL)) {
      all.put(HttpHeader.CACHE_CONTROL, "no-store");
    }
    return all.asImmutable();
  }
}
