package dev.bulkhead.server.identity;

import dev.bulkhead.server.web.Problem;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What the filters answer before a controller is reached.
@Component
final class Refusals {
  private final JsonMapper json = JsonMapper.builder().build();

  void setupRequired(HttpServletResponse response) throws IOException {
    write(
        response,
        ProblemType.SETUP_REQUIRED,
        "Open this server's page and finish the setup first.");
  }

  void unauthenticated(HttpServletResponse response) throws IOException {
    write(response, ProblemType.UNAUTHENTICATED, null);
  }

  void addressNotAllowed(HttpServletResponse response, String address) throws IOException {
    write(
        response,
        ProblemType.ADDRESS_NOT_ALLOWED,
        address + " is on none of the networks that this tenant allows.");
  }

  void tokenCannotSignIn(HttpServletResponse response) throws IOException {
    write(response, ProblemType.FORBIDDEN, "An API token signs nobody in.");
  }

  void limited(HttpServletResponse response, Duration retryAfter) throws IOException {
    final long seconds = Math.max(1, retryAfter.toSeconds());
    response.setHeader("Retry-After", Long.toString(seconds));
    write(response, ProblemType.RATE_LIMITED, "Wait " + seconds + " s before the next attempt.");
  }

  /// A request without its CSRF token; whoever is not even signed in learns only that.
  void denied(HttpServletRequest request, HttpServletResponse response) throws IOException {
    final Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null && !SecurityRules.isOpen(request)) {
      unauthenticated(response);
    } else {
      write(response, ProblemType.CSRF, "Reload the page and try again.");
    }
  }

  private void write(
      HttpServletResponse response,
      ProblemType type,
      @org.jspecify.annotations.Nullable String detail)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(Problem.of(type, detail)));
  }
}
