package dev.bulkhead.server.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a request proved itself with. It may narrow what its owner's role allows, and never widens
/// it.
public sealed interface Credential {
  /// A browser's session.
  ///
  /// @param id the session's public id, not the cookie's value
  /// @param expiresAt when it ends whatever happens
  /// @param idleExpiresAt when it ends if nothing happens
  record Session(UUID id, Instant expiresAt, Instant idleExpiresAt) implements Credential {
    @Override
    public boolean allows(Permission permission) {
      return true;
    }
  }

  /// The token in the server's own state directory, which lives as long as the process.
  record LocalToken(UUID id, Instant expiresAt) implements Credential {
    @Override
    public boolean allows(Permission permission) {
      return true;
    }
  }

  /// A program's token.
  ///
  /// @param scopes what it may at most
  /// @param networks where it may be used from; empty for everywhere
  /// @param expiresAt when it ends; null for never
  /// @param stamp changes when the token or its owner is changed
  record ApiToken(
      UUID id,
      Owner owner,
      Set<Permission> scopes,
      Set<Network> networks,
      @Nullable Instant expiresAt,
      String stamp)
      implements Credential {
    public ApiToken {
      scopes = Set.copyOf(scopes);
      networks = Set.copyOf(networks);
    }

    /// Whose it is.
    public enum Owner {
      PERSON,
      SERVICE
    }

    @Override
    public boolean allows(Permission permission) {
      return permission.isForTokens() && scopes.contains(permission);
    }
  }

  /// Its public id: a session's or a token's.
  UUID id();

  /// When it ends whatever happens; null for never.
  @Nullable Instant expiresAt();

  /// Whether it leaves this to its owner's role.
  boolean allows(Permission permission);

  /// Whether it is a program's, so that no page of another site's can make a browser send it.
  default boolean isProgram() {
    return !(this instanceof Session);
  }
}
