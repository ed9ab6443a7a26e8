package dev.bulkhead.server.access;

import java.time.Instant;
import java.util.UUID;

/// The person, or the local operator, behind a request.
///
/// @param sessionId the session's public id, not the cookie's value
/// @param expiresAt when the session ends whatever happens
/// @param idleExpiresAt when it ends if nothing happens
public record SignedIn(
    UUID tenantId,
    UUID personId,
    String name,
    String tenantName,
    Role role,
    UUID sessionId,
    Instant expiresAt,
    Instant idleExpiresAt) {

  public boolean may(Permission permission) {
    return role.allows(permission);
  }
}
