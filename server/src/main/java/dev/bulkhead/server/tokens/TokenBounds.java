package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a token may pass on what it has: to no later time and to no other network than its own.
final class TokenBounds {
  private TokenBounds() {}

  /// The networks that a token gets: those that are wanted, or the asker's own when none are.
  static Set<Network> networks(SignedIn who, Set<Network> wanted) {
    if (!(who.credential() instanceof Credential.ApiToken maker) || maker.networks().isEmpty()) {
      return wanted;
    }
    if (wanted.isEmpty()) {
      return maker.networks();
    }
    for (Network network : wanted) {
      if (maker.networks().stream().noneMatch(own -> own.includes(network))) {
        throw ProblemException.field(
            "networks", network + " is outside the networks of the token that asks");
      }
    }
    return wanted;
  }

  /// When a token ends; null for never.
  static @Nullable Instant expiry(SignedIn who, @Nullable Integer days, Instant now) {
    final @Nullable Instant most =
        who.credential() instanceof Credential.ApiToken maker ? maker.expiresAt() : null;
    if (days == null) {
      return most;
    }
    final Instant wanted = now.plus(Duration.ofDays(days));
    if (most != null && wanted.isAfter(most)) {
      throw ProblemException.field("expiresInDays", "must not outlive the token that asks");
    }
    return wanted;
  }
}
