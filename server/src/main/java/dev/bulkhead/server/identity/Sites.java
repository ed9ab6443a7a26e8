package dev.bulkhead.server.identity;

import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/// The site that a request's page belongs to. The edge has checked the `Host` header against the
/// names that this server answers to, so it can be believed here.
public final class Sites {
  // An address cannot be a relying party's id: passkeys belong to names.
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

  private Sites() {}

  /// @throws ProblemException `bad_request` when the page was reached by address
  public static Passkeys.Site get(HttpServletRequest request) {
    return find(request)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "Open this page by name, such as http://localhost: passkeys belong to names."));
  }

  /// Empty when the page was reached by address, where passkeys do not work.
  public static Optional<Passkeys.Site> find(HttpServletRequest request) {
    final String host = request.getHeader("Host");
    final String name = request.getServerName();
    if (host == null || ADDRESS.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Passkeys.Site(request.getScheme() + "://" + host, name));
  }
}
