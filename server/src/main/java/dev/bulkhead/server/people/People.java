package dev.bulkhead.server.people;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.identity.Invitations;
import dev.bulkhead.server.identity.SessionWatch;
import dev.bulkhead.server.identity.Sessions;
import dev.bulkhead.server.web.PageCursor;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who is in a tenant, and what becomes of them. Whatever somebody else does to a person's role,
/// scope or standing ends that person's sessions and takes their open invitations back. A tenant
/// keeps an active owner, and the installation somebody who runs it, whoever changes whom at the
/// same time. Thread-safe.
@Component
final class People {
  private final PeopleRepository people;
  private final Scopes scopes;
  private final Sessions sessions;
  private final SessionWatch watch;
  private final Invitations invitations;
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  People(
      PeopleRepository people,
      Scopes scopes,
      Sessions sessions,
      SessionWatch watch,
      Invitations invitations,
      Database database,
      AuditLog audit,
      Clock clock) {
    this.people = people;
    this.scopes = scopes;
    this.sessions = sessions;
    this.watch = watch;
    this.invitations = invitations;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  record PeoplePage(List<PersonView> items, @Nullable String nextCursor) {}

  /// What is to be recorded of a change; null when nothing changed.
  private record Done(AuditType type, Map<String, String> details) {}

  PeoplePage list(SignedIn who, PeopleRepository.Query query, int limit, @Nullable String cursor) {
    final List<String> after = cursor == null ? List.of("", "") : PageCursor.parse(cursor, 2);
    final List<PeopleRepository.Row> rows =
        database.inTenant(
            who.tenantId(), () -> people.list(query, after, limit + 1, clock.instant()));
    final List<PeopleRepository.Row> shown = rows.subList(0, Math.min(rows.size(), limit));
    return new PeoplePage(
        shown.stream().map(row -> PersonView.of(row, who)).toList(),
        rows.size() > limit
            ? PageCursor.of(shown.getLast().sortKey(), shown.getLast().id().toString())
            : null);
  }

  /// @throws ProblemException `not_found`
  PersonView get(SignedIn who, UUID id) {
    return PersonView.of(database.inTenant(who.tenantId(), () -> row(id)), who);
  }

  /// Gives a person another role over other hosts.
  ///
  /// @param seen the version that the caller changes, if it says so
  /// @throws ProblemException `not_found`, `own_account`, `beyond_own_role`, `last_owner`,
  ///     `changed_meanwhile` or `validation`
  PersonView grant(
      SignedIn who,
      UUID id,
      String role,
      @Nullable ScopeForm scope,
      @Nullable Long seen,
      String address) {
    return change(
        who,
        id,
        address,
        before -> {
          if (seen != null && seen != before.version()) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "Load the person again and repeat your change.");
          }
          final Scopes.Granted granted = scopes.grant(who, role, scope);
          final ScopeForm had = before.scope().form();
          if (granted.role() == before.role() && ScopeForm.same(granted.scope(), had)) {
            return null;
          }
          if (granted.role() != before.role()) {
            requireAnotherOwner(before);
          }
          people.grant(id, granted);
          endSessions(id);
          return new Done(
              AuditType.PERSON_CHANGED,
              Map.of(
                  "role", before.role().code() + " → " + granted.role().code(),
                  "scope_before", ScopeForm.describe(had),
                  "scope", ScopeForm.describe(granted.scope())));
        });
  }

  /// Shuts a person out until they are resumed.
  ///
  /// @throws ProblemException as [#grant], and `last_platform_operator`
  PersonView suspend(SignedIn who, UUID id, String address) {
    return change(
        who,
        id,
        address,
        before -> {
          if (before.suspendedAt() != null) {
            return null;
          }
          requireDispensable(before);
          people.suspend(id, clock.instant());
          endSessions(id);
          return new Done(AuditType.PERSON_SUSPENDED, Map.of());
        });
  }

  PersonView resume(SignedIn who, UUID id, String address) {
    return change(
        who,
        id,
        address,
        before -> {
          if (before.suspendedAt() == null) {
            return null;
          }
          people.resume(id);
          // A sign-in may have come in between.
          endSessions(id);
          return new Done(AuditType.PERSON_RESUMED, Map.of());
        });
  }

  /// @throws ProblemException as [#suspend]
  void remove(SignedIn who, UUID id, String address) {
    audit.change(
        who.tenantId(),
        () -> {
          final PeopleRepository.Row before = lock(who, id);
          requireDispensable(before);
          invitations.revokeOpenOf(id);
          people.remove(id);
          return new AuditLog.Change<>(
              id,
              AuditEvent.by(
                  who,
                  AuditType.PERSON_REMOVED,
                  AuditEvent.personSubject(id),
                  address,
                  Map.of("name", before.name(), "role", before.role().code())));
        });
  }

  /// Ends all sessions of somebody.
  ///
  /// @throws ProblemException `not_found`, `own_account` or `beyond_own_role`
  void endSessions(SignedIn who, UUID id, String address) {
    change(
        who,
        id,
        address,
        before ->
            new Done(
                AuditType.SESSION_ENDED,
                Map.of("sessions", Integer.toString(sessions.closeAllOf(id)))));
  }

  /// Lets a person run the installation, or no longer; a matter of those who run it alone.
  ///
  /// @throws ProblemException `not_found` or `last_platform_operator`
  PersonView setPlatform(SignedIn who, UUID id, boolean platform, String address) {
    return record(
        who,
        id,
        address,
        () -> {
          final PeopleRepository.Row before = lockRow(who, id);
          if (before.platform() == platform) {
            return null;
          }
          if (!platform) {
            requireAnotherPlatform(before);
          }
          people.setPlatform(id, platform);
          if (!id.equals(who.personId())) {
            sessions.closeAllOf(id);
          }
          return new Done(AuditType.PERSON_CHANGED, Map.of("platform", Boolean.toString(platform)));
        });
  }

  private PersonView change(
      SignedIn who, UUID id, String address, Function<PeopleRepository.Row, @Nullable Done> work) {
    return record(who, id, address, () -> work.apply(lock(who, id)));
  }

  private PersonView record(
      SignedIn who, UUID id, String address, java.util.function.Supplier<@Nullable Done> work) {
    // A transaction around both: without a change there is nothing to record.
    return database.inTenant(
        who.tenantId(),
        () -> {
          final Done done = work.get();
          final PeopleRepository.Row after = row(id);
          if (done != null) {
            audit.change(
                who.tenantId(),
                () ->
                    new AuditLog.Change<>(
                        id,
                        AuditEvent.by(
                            who,
                            done.type(),
                            AuditEvent.personSubject(id),
                            address,
                            withName(done.details(), after.name()))));
          }
          return PersonView.of(after, who);
        });
  }

  private static Map<String, String> withName(Map<String, String> details, String name) {
    final Map<String, String> all = new java.util.HashMap<>(details);
    all.put("name", name);
    return all;
  }

  // Nobody changes their own account here, nor anybody whose role they could not give.
  private PeopleRepository.Row lock(SignedIn who, UUID id) {
    final PeopleRepository.Row row = lockRow(who, id);
    if (id.equals(who.personId())) {
      throw new ProblemException(
          ProblemType.OWN_ACCOUNT, "Ask another person with the right to do it.");
    }
    Scopes.requireMayGive(who, row.role(), row.scope().scope());
    return row;
  }

  private PeopleRepository.Row lockRow(SignedIn who, UUID id) {
    people.lockWith(id, who.personId());
    // Whoever asks may have been changed by somebody else while they waited for the lock.
    if (!watch.stands(who)) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in again.");
    }
    return row(id);
  }

  private PeopleRepository.Row row(UUID id) {
    return people
        .find(id, clock.instant())
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no person with this id."));
  }

  private void endSessions(UUID id) {
    sessions.closeAllOf(id);
    invitations.revokeOpenOf(id);
  }

  private void requireDispensable(PeopleRepository.Row person) {
    requireAnotherOwner(person);
    requireAnotherPlatform(person);
  }

  private void requireAnotherOwner(PeopleRepository.Row person) {
    if (person.isActiveOwner() && !people.hasOtherActiveOwner(person.id())) {
      throw new ProblemException(
          ProblemType.LAST_OWNER, "Make somebody else an owner of this tenant first.");
    }
  }

  private void requireAnotherPlatform(PeopleRepository.Row person) {
    if (person.isActivePlatform() && !people.hasOtherActivePlatform(person.id())) {
      throw new ProblemException(
          ProblemType.LAST_PLATFORM_OPERATOR,
          "Let somebody else of this tenant run the installation first.");
    }
  }
}
