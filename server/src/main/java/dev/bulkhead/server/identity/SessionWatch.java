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
  private final Clock clock;

  SessionWatch(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Whether a person's session has not ended; the local operator has none that could.
  public boolean stands(SignedIn who) {
    if (who.role() == Role.LOCAL) {
      return true;
    }
    return database.inTenant(
        who.tenantId(),
        () ->
            database
                .sql()
                .sql("select exists (select from session where id = ? and expires_at > ?)")
                .params(who.sessionId(), clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single());
  }
}
