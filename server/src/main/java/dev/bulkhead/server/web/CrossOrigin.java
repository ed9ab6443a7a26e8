package dev.bulkhead.server.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Which other sites' pages may call the API (CORS of the Fetch standard): those of listed origins,
/// with a token that they hold themselves. Cookies never count across origins, so no answer allows
/// credentials.
final class CrossOrigin {
  private static final String API = "/api/";
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
  private static final Set<String> HEADERS =
      Set.of("content-type", "authorization", "if-match", "x-csrf-token");
  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE",
          "Access-Control-Allow-Headers", "Content-Type, Authorization, If-Match, X-CSRF-Token",
          "Access-Control-Max-Age", "600");

  private final Set<String> origins;

  CrossOrigin(List<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /// Whether the request is a browser's question that is answered with yes: the origin is listed,
  /// and so are the method and every header that its page wants to send.
  boolean isAllowedPreflight(Request request) {
    final String method = header(request, "Access-Control-Request-Method");
    final String headers = header(request, "Access-Control-Request-Headers");
    return HttpMethod.OPTIONS.is(request.getMethod())
        && isAllowed(request)
        && method != null
        && METHODS.contains(method)
        && (headers == null
            || Arrays.stream(headers.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .allMatch(HEADERS::contains));
  }

  /// The headers that answer a preflight, beside those of every answer.
  Map<String, String> preflightHeaders() {
    return PREFLIGHT;
  }

  /// The headers that an answer to this request carries, whatever it says.
  Map<String, String> headers(Request request) {
    if (origins.isEmpty()) {
      return Map.of();
    }
    final String origin = header(request, "Origin");
    // A preflight that is refused is answered like any other OPTIONS.
    return origin != null
            && isAllowed(request)
            && (!HttpMethod.OPTIONS.is(request.getMethod()) || isAllowedPreflight(request))
        ? Map.of(
            "Vary", "Origin",
            "Access-Control-Allow-Origin", origin,
            "Access-Control-Expose-Headers", "ETag, Retry-After")
        : Map.of("Vary", "Origin");
  }

  private boolean isAllowed(Request request) {
    final String origin = header(request, HttpHeader.ORIGIN.asString());
    final String path = request.getHttpURI().getPath();
    return origin != null && origins.contains(origin) && path != null && path.startsWith(API);
  }

  // Two of them are a request that no browser makes.
  private static @Nullable String header(Request request, String name) {
    final List<String> values = request.getHeaders().getValuesList(name);
    return values.size() == 1 ? values.getFirst() : null;
  }
}
