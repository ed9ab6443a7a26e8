package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/// Whether a session still stands, for what outlives one request. Thread-safe.
@Component
public final class SessionWatch {
  private final Database database;
  private final PersonRepository people;
  private final Clock clock;

  SessionWatch(Database database, PersonRepository people, Clock clock) {
    this.database = database;
    this.people = people;
    this.clock = clock;
  }

  /// Whether a person's session has not ended, and they may still do what they might when the
  /// request came; the local operator has no session that could end.
  public boolean stands(SignedIn who) {
    return who.role() == Role.LOCAL
        || database.inTenant(who.tenantId(), () -> isLive(who) && isUnchanged(who));
  }

  /// The same inside a transaction of the tenant's, until whose end it stays so.
  public boolean standsUntilCommitted(SignedIn who) {
    people.lock(who.personId());
    return stands(who);
  }

  private boolean isLive(SignedIn who) {
    return database
        .sql()
        .sql("select exists (select from session where id = ? and expires_at > ?)")
        .params(who.sessionId(), clock.instant().atOffset(ZoneOffset.UTC))
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
