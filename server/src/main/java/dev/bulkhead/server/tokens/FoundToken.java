package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token's row with all that decides what it may, as it is at this moment.
///
/// @param platform whether the owner runs the installation
/// @param ownerStands whether neither the owner is suspended nor the tenant deleted
record FoundToken(
    UUID id,
    UUID tenantId,
    String tenantName,
    Credential.ApiToken.Owner owner,
    UUID ownerId,
    String ownerName,
    Role role,
    Scope scope,
    boolean platform,
    boolean ownerStands,
    String secretHash,
    Set<Permission> scopes,
    Set<Network> networks,
    @Nullable Instant expiresAt,
    boolean disabled,
    @Nullable Instant lastUsedAt,
    String stamp) {
  private static final Duration USES_APART = Duration.ofMinutes(1);

  /// Why it opens nothing from this address now; empty when it opens.
  Optional<String> refusal(String address, Instant now) {
    return refusal(now).or(() -> isHeld(address) ? Optional.empty() : Optional.of("network"));
  }

  /// Why it opens nothing now, from wherever.
  Optional<String> refusal(Instant now) {
    if (!ownerStands) {
      return Optional.of("owner");
    }
    if (disabled) {
      return Optional.of("disabled");
    }
    return expiresAt == null || now.isBefore(expiresAt) ? Optional.empty() : Optional.of("expired");
  }

  private boolean isHeld(String address) {
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.holds(address));
  }

  /// Whether this use is worth a write.
  boolean isUseNews(Instant now) {
    return lastUsedAt == null || !now.isBefore(lastUsedAt.plus(USES_APART));
  }

  SignedIn signedIn() {
    return new SignedIn(
        tenantId,
        ownerId,
        ownerName,
        tenantName,
        role,
        scope,
        platform,
        new Credential.ApiToken(id, owner, scopes, networks, expiresAt, stamp));
  }
}
