package dev.bulkhead.server.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// The person, or the local operator, behind a request.
///
/// @param scope the hosts that the role is about
/// @param platform whether the person also runs the installation
/// @param sessionId the session's public id, not the cookie's value
/// @param expiresAt when the session ends whatever happens
/// @param idleExpiresAt when it ends if nothing happens
public record SignedIn(
    UUID tenantId,
    UUID personId,
    String name,
    String tenantName,
    Role role,
    Scope scope,
    boolean platform,
    UUID sessionId,
    Instant expiresAt,
    Instant idleExpiresAt) {

  public boolean may(Permission permission) {
    if (permission.isPlatform()) {
      return platform || role.allows(permission);
    }
    return role.allows(permission) && (scope.isWhole() || !permission.needsWholeTenant());
  }

  /// All that they may.
  public List<Permission> permissions() {
    return Stream.of(Permission.values()).filter(this::may).toList();
  }

  /// Whether they may let somebody have, or take from somebody, this role over these hosts.
  public boolean mayGive(Role given, Scope over) {
    return role.mayGive(given) && scope.includes(over);
  }
}
