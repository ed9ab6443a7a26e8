package dev.bulkhead.server.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// The site that a request's page belongs to. The edge has checked the `Host` header against the
/// names that this server answers to, so it can be believed here.
final class Sites {
  // An address cannot be a relying party's id: passkeys belong to names.
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

  private Sites() {}

  /// Empty when the page was reached by address, where passkeys do not work.
  static Optional<Passkeys.Site> find(HttpServletRequest request) {
    final String host = request.getHeader("Host");
    final String name = request.getServerName();
    if (host == null || ADDRESS.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Passkeys.Site(request.getScheme() + "://" + host, name));
  }
}
