package dev.bulkhead.server.account;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.SessionCookies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The own sessions: `/api/v1/account/sessions`. Ending one needs no fresh proof: whoever fears for
/// their account must not be held up.
@RestController
@RequestMapping("/api/v1/account/sessions")
final class OwnSessionController {
  private final OwnSessions sessions;
  private final SessionCookies cookies;

  OwnSessionController(OwnSessions sessions, SessionCookies cookies) {
    this.sessions = sessions;
    this.cookies = cookies;
  }

  record OwnSessionsView(List<OwnSessionView> items) {}

  /// @param current whether it is the one that asks
  record OwnSessionView(
      UUID id,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      String address,
      String userAgent,
      boolean current) {
    static OwnSessionView of(AccountRepository.SessionRow row, UUID asking) {
      return new OwnSessionView(
          row.id(),
          row.createdAt(),
          row.lastSeenAt(),
          row.expiresAt(),
          row.address(),
          row.userAgent(),
          row.id().equals(asking));
    }
  }

  @GetMapping
  @RequiresPermission(Permission.OWN_SIGN_IN)
  OwnSessionsView list(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    final OwnSession own = cookies.own(who, request);
    return new OwnSessionsView(
        sessions.list(own).stream().map(row -> OwnSessionView.of(row, own.id())).toList());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.OWN_SIGN_IN)
  void end(
      @AuthenticationPrincipal SignedIn who, @PathVariable UUID id, HttpServletRequest request) {
    sessions.end(cookies.own(who, request), id);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.OWN_SIGN_IN)
  void endOthers(@AuthenticationPrincipal SignedIn who, HttpServletRequest request) {
    sessions.endOthers(cookies.own(who, request));
  }
}
