package dev.bulkhead.server.account;

import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.Sessions;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Somebody's sessions, in their own hands. Thread-safe.
@Component
final class OwnSessions {
  private final OwnChanges changes;
  private final AccountRepository rows;
  private final Sessions sessions;
  private final Database database;
  private final Clock clock;

  OwnSessions(
      OwnChanges changes,
      AccountRepository rows,
      Sessions sessions,
      Database database,
      Clock clock) {
    this.changes = changes;
    this.rows = rows;
    this.sessions = sessions;
    this.database = database;
    this.clock = clock;
  }

  List<AccountRepository.SessionRow> list(OwnSession own) {
    return database.inTenant(
        own.tenantId(), () -> rows.listSessions(own.personId(), clock.instant()));
  }

  /// Ends one, from its next request on; the own too.
  ///
  /// @throws ProblemException `not_found`
  void end(OwnSession own, UUID id) {
    changes.change(
        own,
        () -> {
          if (!sessions.close(own.personId(), id)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no session with this id.");
          }
          return new OwnChanges.Done<>(
              id, AuditType.SESSION_ENDED, Map.of("sessions", "1", "session", id.toString()));
        });
  }

  /// Ends all but the own.
  void endOthers(OwnSession own) {
    changes.change(
        own,
        () -> {
          final int ended = sessions.closeOthersOf(own.personId(), own.id());
          return new OwnChanges.Done<>(
              ended, AuditType.SESSION_ENDED, Map.of("sessions", Integer.toString(ended)));
        });
  }
}
