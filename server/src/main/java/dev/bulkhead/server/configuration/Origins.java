package dev.bulkhead.server.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Which texts are one exact origin as browsers send it (RFC 6454): scheme, name, and a port that
/// is not the scheme's own.
final class Origins {
  private static final String KEY = "ui.allowedOrigins";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Origins() {}

  /// @throws ConfigurationException for anything else, with what to write instead
  static void requireExact(String origin) {
    if (origin.contains("*")) {
      throw refused(origin, "is a pattern; list each origin by itself, https://ui.example.org");
    }
    final URI uri;
    try {
      uri = new URI(origin);
    } catch (URISyntaxException notAnAddress) {
      throw refused(origin, "is no origin; write https://ui.example.org");
    }
    final String scheme = uri.getScheme();
    final String host = uri.getHost();
    if (host == null || scheme == null) {
      throw refused(origin, "is no origin; write https://ui.example.org");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(host))) {
      throw refused(origin, "is not https; only http://localhost may do without");
    }
    final int port = uri.getPort();
    final String exact =
        scheme + "://" + host.toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port);
    if (!origin.equals(exact)) {
      throw refused(origin, "holds more than an origin; write " + exact);
    }
    if (port == (scheme.equals("https") ? HTTPS : HTTP)) {
      throw refused(origin, "names its scheme's own port, which browsers leave out; leave it out");
    }
  }

  private static ConfigurationException refused(String origin, String remedy) {
    return new ConfigurationException(KEY, '"' + origin + "\" " + remedy);
  }
}
