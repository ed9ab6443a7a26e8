package dev.bulkhead.server.account;

import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.Sessions;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// The one transaction in which people change their own account: nobody else changes the person
/// meanwhile, the session still stands, and what was done is on the record. Thread-safe.
@Component
final class OwnChanges {
  private final Sessions sessions;
  private final AuditLog audit;

  OwnChanges(Sessions sessions, AuditLog audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  /// What was done, for whoever asked and for the record.
  record Done<T>(T result, AuditType type, Map<String, String> details) {}

  /// The session goes on under another cookie.
  record Renewed<T>(T result, String cookie) {}

  /// Runs a change and records it.
  ///
  /// @throws dev.bulkhead.server.web.ProblemException `unauthenticated` when the session has ended
  ///     or goes on under another cookie
  <T> T change(OwnSession own, Supplier<Done<T>> work) {
    return audit.change(
        own.tenantId(),
        () -> {
          sessions.hold(own);
          final Done<T> done = work.get();
          return new AuditLog.Change<>(
              done.result(),
              AuditEvent.by(
                  own.who(),
                  done.type(),
                  AuditEvent.personSubject(own.personId()),
                  own.address(),
                  done.details()));
        });
  }

  /// As [#change], for what makes a cookie that somebody copied before worth more: the old value is
  /// dead when it returns.
  <T> Renewed<T> changeAndRotate(OwnSession own, Supplier<Done<T>> work) {
    return change(
        own,
        () -> {
          final Done<T> done = work.get();
          return new Done<>(
              new Renewed<>(done.result(), sessions.rotate(own)), done.type(), done.details());
        });
  }
}
