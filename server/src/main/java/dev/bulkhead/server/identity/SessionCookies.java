package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Component;

/// The session's cookie and the CSRF token's. Their names carry the installation's id, because
/// cookies ignore ports: two installations on one host name must not sign each other's people out.
@Component
public final class SessionCookies {
  private final String name;
  private final CookieCsrfTokenRepository csrfTokens;
  private final SessionViews views;
  private final Clock clock;

  SessionCookies(Installation installation, SessionViews views, Clock clock) {
    this.views = views;
    this.clock = clock;
    name = "__Host-bulkhead-" + installation.shortId();
    csrfTokens = new CookieCsrfTokenRepository();
    csrfTokens.setCookieName("__Host-bulkhead-csrf-" + installation.shortId());
    csrfTokens.setHeaderName("X-CSRF-Token");
    csrfTokens.setCookieCustomizer(
        cookie -> cookie.httpOnly(true).secure(true).sameSite("Strict").path("/"));
  }

  CookieCsrfTokenRepository csrfTokens() {
    return csrfTokens;
  }

  Optional<String> find(HttpServletRequest request) {
    final Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .findFirst();
  }

  /// Gives the browser its session, and a CSRF token that nobody knew before.
  SessionView open(
      Sessions.Opened session, HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie(session.cookie(), Sessions.ABSOLUTE));
    final CsrfToken fresh = csrfTokens.generateToken(request);
    csrfTokens.saveToken(fresh, request, response);
    return views.of(session.signedIn(), masked(fresh, request, response));
  }

  /// The session of a request, for what only a person in their own browser does.
  ///
  /// @throws ProblemException `forbidden` for every other credential
  public OwnSession own(SignedIn who, HttpServletRequest request) {
    if (!(who.credential() instanceof Credential.Session)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only a person who has signed in has an account here.");
    }
    return new OwnSession(who, find(request).orElseThrow(), request.getRemoteAddr());
  }

  /// Gives the browser its session's new cookie.
  public void renew(OwnSession own, String value, HttpServletResponse response) {
    final Instant end = Objects.requireNonNull(own.who().expiresAt());
    response.addHeader(
        HttpHeaders.SET_COOKIE, cookie(value, Duration.between(clock.instant(), end)));
  }

  void close(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO));
    csrfTokens.saveToken(null, request, response);
  }

  /// The token that this browser's next change must carry.
  String csrfToken(HttpServletRequest request) {
    return Objects.requireNonNull((CsrfToken) request.getAttribute(CsrfToken.class.getName()))
        .getToken();
  }

  private static String masked(
      CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    new XorCsrfTokenRequestAttributeHandler().handle(request, response, () -> token);
    return Objects.requireNonNull((CsrfToken) request.getAttribute(CsrfToken.class.getName()))
        .getToken();
  }

  private String cookie(String value, Duration life) {
    return ResponseCookie.from(name, value)
        .httpOnly(true)
        .secure(true)
        .sameSite("Strict")
        .path("/")
        .maxAge(life)
        .build()
        .toString();
  }
}
