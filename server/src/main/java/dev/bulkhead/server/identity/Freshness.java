package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.access.StepUps;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Until when sessions count as freshly proved. Read where it is asked, and nowhere kept.
/// Thread-safe.
@Component
public final class Freshness implements StepUps {
  private final Database database;
  private final Factors factors;
  private final Clock clock;

  Freshness(Database database, Factors factors, Clock clock) {
    this.database = database;
    this.factors = factors;
    this.clock = clock;
  }

  @Override
  public Optional<List<String>> missing(SignedIn who) {
    return switch (who.credential()) {
      case Credential.Session session ->
          database.inTenant(
              who.tenantId(),
              () -> {
                requireLive(session.id());
                return until(session.id()).isPresent()
                    ? Optional.empty()
                    : Optional.of(factors.list(who.personId()));
              });
      case Credential.ApiToken token -> Optional.empty();
      case Credential.LocalToken token -> Optional.empty();
    };
  }

  // It may have ended since the request came: then no factor helps.
  private void requireLive(UUID session) {
    if (!database
        .sql()
        .sql("select exists (select from session where id = ?)")
        .param(session)
        .query(Boolean.class)
        .single()) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in again.");
    }
  }

  /// Until when a session is fresh, inside its tenant's transaction; empty when it is not.
  public Optional<Instant> until(UUID session) {
    return database
        .sql()
        .sql("select fresh_until from session where id = ? and fresh_until > ?")
        .params(session, clock.instant().atOffset(java.time.ZoneOffset.UTC))
        .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }
}
