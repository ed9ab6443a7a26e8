package dev.bulkhead.server.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The names under which browsers may reach the UI. Any other is refused: a page elsewhere that
/// makes its own name point at this machine (DNS rebinding) gets nothing.
final class HostNames {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names;
  private final boolean passkeysNeedLocalhost;

  HostNames(String address, List<String> configured) {
    final boolean loopback = Loopback.isLoopback(address);
    names =
        Stream.concat(LOOPBACK.stream(), Stream.concat(Stream.of(address), configured.stream()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    passkeysNeedLocalhost = loopback && configured.isEmpty();
  }

  boolean accepts(@Nullable String host) {
    return host != null && names.contains(nameOf(host));
  }

  /// Where a page asked for by address should be asked for instead: a passkey needs the name
  /// `localhost`.
  Optional<String> redirect(Request request) {
    final String host = request.getHeaders().get(HttpHeader.HOST);
    final String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    if (!passkeysNeedLocalhost
        || !HttpMethod.GET.is(request.getMethod())
        || host == null
        || nameOf(host).equals("localhost")
        || accept == null
        || !accept.contains("text/html")) {
      return Optional.empty();
    }
    return Optional.of(
        (request.isSecure() ? "https" : "http")
            + "://localhost"
            + host.substring(nameOf(host).length())
            + request.getHttpURI().getPathQuery());
  }

  private static String nameOf(String host) {
    final int colon = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return (colon > 0 && colon <= host.length() && colon != -1 ? host.substring(0, colon) : host)
        .toLowerCase(Locale.ROOT);
  }
}
