package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.tokens.ApiTokens;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/// Whether sessions and tokens still stand, for what outlives one request. Thread-safe.
@Component
public final class SessionWatch {
  private final Database database;
  private final PersonRepository people;
  private final ApiTokens tokens;
  private final Clock clock;

  SessionWatch(Database database, PersonRepository people, ApiTokens tokens, Clock clock) {
    this.database = database;
    this.people = people;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// Whether a session or a token has not ended, and its owner may still do what they might when
  /// the request came; the local operator's has no end.
  public boolean stands(SignedIn who) {
    return switch (who.credential()) {
      case Credential.LocalToken local -> true;
      case Credential.Session session ->
          database.inTenant(who.tenantId(), () -> isLive(session) && isUnchanged(who));
      case Credential.ApiToken token -> tokens.stands(who, token);
    };
  }

  /// The same inside a transaction of the tenant's, until whose end it stays so.
  public boolean standsUntilCommitted(SignedIn who) {
    people.lock(who.personId());
    if (who.credential() instanceof Credential.ApiToken token) {
      tokens.hold(token);
    }
    return stands(who);
  }

  private boolean isLive(Credential.Session session) {
    return database
        .sql()
        .sql("select exists (select from session where id = ? and expires_at > ?)")
        .params(session.id(), clock.instant().atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  private boolean isUnchanged(SignedIn who) {
    return people
        .findPerson(who.personId())
        .filter(
            person ->
                person.role() == who.role()
                    && person.scope().scope().equals(who.scope())
                    && person.platform() == who.platform())
        .isPresent();
  }
}
