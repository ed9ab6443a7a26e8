package dev.bulkhead.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Counts the requests of an address before anything is looked up for them, and again, dearer,
/// those that nobody turned out to stand behind.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class AddressLimitFilter extends OncePerRequestFilter {
  private final RequestLimits limits;

  AddressLimitFilter(RequestLimits limits) {
    this.limits = limits;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      limits.came(
          request.getRemoteAddr(),
          request.getHeader("Cookie") != null || request.getHeader("Authorization") != null);
    } catch (ProblemException limited) {
      refuse(response, limited);
      return;
    }
    chain.doFilter(request, response);
  }

  private static void refuse(HttpServletResponse response, ProblemException limited)
      throws IOException {
    response.setStatus(limited.type().status());
    limited
        .retryAfter()
        .map(Duration::toSeconds)
        .ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
    response.setContentType(ProblemWriter.CONTENT_TYPE);
    response
        .getOutputStream()
        .write(ProblemWriter.body(limited.type(), String.valueOf(limited.getMessage())));
  }
}
