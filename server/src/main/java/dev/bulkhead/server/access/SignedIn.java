package dev.bulkhead.server.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The person, the service account or the local operator behind a request.
///
/// @param personId the person's id, or the service account's
/// @param scope the hosts that the role is about
/// @param platform whether the person also runs the installation
/// @param credential what the request proved itself with
public record SignedIn(
    UUID tenantId,
    UUID personId,
    String name,
    String tenantName,
    Role role,
    Scope scope,
    boolean platform,
    Credential credential) {

  /// The one place that answers what somebody may: what their role, its scope and their credential
  /// all allow.
  public boolean may(Permission permission) {
    return credential.allows(permission) && owns(permission);
  }

  private boolean owns(Permission permission) {
    if (permission.isPlatform()) {
      return platform || role.allows(permission);
    }
    return permission.isWithin(role, scope);
  }

  /// All that they may.
  public List<Permission> permissions() {
    return Stream.of(Permission.values()).filter(this::may).toList();
  }

  /// Whether they may let somebody have, or take from somebody, this role over these hosts. A token
  /// gives no role that allows what the token does not.
  public boolean mayGive(Role given, Scope over) {
    return role.mayGive(given) && scope.includes(over) && reaches(given);
  }

  private boolean reaches(Role given) {
    return given.permissions().stream()
        // Everybody has their own account, and nobody gets more by it.
        .filter(permission -> permission != Permission.OWN_ACCOUNT)
        .filter(Permission::isForTokens)
        .allMatch(credential::allows);
  }

  /// The public id of the session or the token.
  public UUID sessionId() {
    return credential.id();
  }

  /// When the credential ends whatever happens; null for never.
  public @Nullable Instant expiresAt() {
    return credential.expiresAt();
  }

  /// When a session ends if nothing happens; other credentials do not end by themselves.
  public @Nullable Instant idleExpiresAt() {
    return credential instanceof Credential.Session session
        ? session.idleExpiresAt()
        : credential.expiresAt();
  }
}
