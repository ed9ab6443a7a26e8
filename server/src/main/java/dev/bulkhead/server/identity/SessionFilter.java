package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.networks.AllowedNetworks;
import dev.bulkhead.server.tokens.ApiTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds the person behind a request's cookie, the program behind its API token, or the local
/// operator behind theirs; the session's or the token's row is read on every request, so that its
/// end is effective at once. A request with an API token that opens nothing gets one flat answer,
/// wherever it goes, and a token opens no sign-in. Before the setup
/// is done there is nobody to find, and signing in says so.
final class SessionFilter extends OncePerRequestFilter {
  private static final String API = "/api/";
  private static final List<String> AFTER_SETUP =
      List.of("/api/v1/session/", "/api/v1/invitation/");

  private final Sessions sessions;
  private final SessionCookies cookies;
  private final LocalOperator local;
  private final ApiTokens tokens;
  private final AllowedNetworks networks;
  private final Installation installation;
  private final Refusals refusals;

  SessionFilter(
      Sessions sessions,
      SessionCookies cookies,
      LocalOperator local,
      ApiTokens tokens,
      AllowedNetworks networks,
      Installation installation,
      Refusals refusals) {
    this.sessions = sessions;
    this.cookies = cookies;
    this.local = local;
    this.tokens = tokens;
    this.networks = networks;
    this.installation = installation;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith(API);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (AFTER_SETUP.stream().anyMatch(request.getRequestURI()::startsWith)
        && !installation.isSetUp()) {
      refusals.setupRequired(response);
      return;
    }
    final String authorization = request.getHeader("Authorization");
    if (authorization != null && ApiTokens.isClaimed(authorization)) {
      switch (tokens.open(authorization, request.getRemoteAddr())) {
        case ApiTokens.Outcome.Opened(SignedIn who) when SecurityRules.isOpen(request) ->
            refusals.tokenCannotSignIn(response);
        case ApiTokens.Outcome.Opened(SignedIn who) -> goOn(who, request, response, chain);
        case ApiTokens.Outcome.Refused() -> refusals.unauthenticated(response);
        case ApiTokens.Outcome.NotNow(Duration retryAfter) ->
            refusals.limited(response, retryAfter);
      }
      return;
    }
    goOn(find(request).orElse(null), request, response, chain);
  }

  private void goOn(
      @Nullable SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    final boolean barred = who != null && !networks.allow(who, request.getRemoteAddr());
    if (barred && !SecurityRules.isOpen(request) && !isSignOut(request)) {
      refusals.addressNotAllowed(response, request.getRemoteAddr());
      return;
    }
    // Whoever is barred may still leave, and somebody else sign in there.
    if (who != null && (!barred || isSignOut(request))) {
      signIn(who);
    }
    try {
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static boolean isSignOut(HttpServletRequest request) {
    return request.getMethod().equals("DELETE")
        && request.getRequestURI().equals("/api/v1/session");
  }

  // Never both: a token's request needs no CSRF token, so a cookie must not add to what it may.
  private Optional<SignedIn> find(HttpServletRequest request) {
    return LocalOperator.isClaimed(request)
        ? local.find(request)
        : cookies.find(request).flatMap(sessions::find);
  }

  private static void signIn(SignedIn who) {
    final SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(who, null, List.of()));
    SecurityContextHolder.setContext(context);
  }
}
