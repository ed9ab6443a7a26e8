package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.SignedIn;
import java.time.Instant;
import java.util.UUID;

/// The session as its own page sees it.
record SessionView(String csrfToken, Account account, Instant expiresAt, Instant idleExpiresAt) {

  record Account(UUID id, String name, UUID tenantId, String tenantName, String role) {}

  static SessionView of(SignedIn who, String csrfToken) {
    return new SessionView(
        csrfToken,
        new Account(
            who.personId(), who.name(), who.tenantId(), who.tenantName(), who.role().code()),
        who.expiresAt(),
        who.idleExpiresAt());
  }
}
