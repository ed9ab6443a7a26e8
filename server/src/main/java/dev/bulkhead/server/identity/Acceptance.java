package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// From an invitation's code to a person who is signed in. Nothing exists before the last step,
/// which writes person, factor, recovery codes and record in one transaction and uses the
/// invitation up: of several at once, one wins. Whatever is wrong with a code, the answer is the
/// same. Thread-safe.
@Component
final class Acceptance {
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final int PER_MINUTE = 60;
  private static final int CHECKS_PER_MINUTE = 120;

  private final Invitations invitations;
  private final InvitationRepository rows;
  private final NewPerson newPerson;
  private final PersonRepository people;
  private final Ceremonies ceremonies;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Attempts attempts;
  private final Database database;
  private final Clock clock;

  Acceptance(
      Invitations invitations,
      InvitationRepository rows,
      NewPerson newPerson,
      PersonRepository people,
      Ceremonies ceremonies,
      AuditLog audit,
      DeniedAttempts denied,
      Attempts attempts,
      Database database,
      Clock clock) {
    this.invitations = invitations;
    this.rows = rows;
    this.newPerson = newPerson;
    this.people = people;
    this.ceremonies = ceremonies;
    this.audit = audit;
    this.denied = denied;
    this.attempts = attempts;
    this.database = database;
    this.clock = clock;
  }

  /// The code was right.
  record Invited(UUID tenantId, UUID invitationId) {}

  /// An invited person who lacks only a second factor.
  record Invitee(UUID invitationId, NewPerson.Draft draft) {}

  /// What the code opens.
  record Opened(String ceremony, InvitationRepository.Row invitation) {}

  /// What the page needs to offer both factors.
  record Offer(String ceremony, NewPerson.Draft draft) {}

  Opened acceptCode(String typed, String address) {
    attempts.take("invitation-code", address, PER_MINUTE);
    final Optional<InvitationCode> code = InvitationCode.parse(typed);
    final InvitationRepository.Row row =
        code.flatMap(invitations::findOpen).orElseThrow(() -> wrong("wrong code", address));
    return new Opened(
        ceremonies.seal(new Invited(code.orElseThrow().tenant(), row.id()), STEP), row);
  }

  PasswordPolicy.Verdict judge(String password, String name, String address) {
    attempts.take("password-check", address, CHECKS_PER_MINUTE);
    return newPerson.judge(password, name);
  }

  Offer prepare(String ceremony, String name, String password, String address) {
    attempts.take("invitation-account", address, PER_MINUTE);
    final Invited invited = ceremonies.open(ceremony, Invited.class).content();
    final boolean open =
        database
            .inTenant(invited.tenantId(), () -> rows.find(invited.invitationId()))
            .filter(row -> row.isOpen(clock.instant()))
            .isPresent();
    if (!open) {
      throw wrong("not open any more", address);
    }
    if (database.acrossTenants(() -> people.findSignIn(name)).isPresent()) {
      throw NewPerson.nameTaken();
    }
    final NewPerson.Draft draft = newPerson.draft(invited.tenantId(), name, password);
    return new Offer(ceremonies.seal(new Invitee(invited.invitationId(), draft), STEP), draft);
  }

  NewPerson.Done finish(
      String ceremony,
      NewPerson.FactorProof proof,
      Optional<Passkeys.Site> site,
      SignIn.Origin origin) {
    attempts.take("invitation-finish", origin.address(), PER_MINUTE);
    final var opened = ceremonies.open(ceremony, Invitee.class);
    final Invitee invitee = opened.content();
    final NewPerson.Proved proved = prove(invitee.draft(), proof, site, origin.address());
    return audit.change(
        invitee.draft().tenantId(),
        () -> {
          final InvitationRepository.Row row =
              rows.findAndLock(invitee.invitationId())
                  .filter(found -> found.isOpen(clock.instant()))
                  .orElseThrow(() -> wrong("not open any more", origin.address()));
          ceremonies.spend(opened);
          return create(row, proved, origin);
        });
  }

  private NewPerson.Proved prove(
      NewPerson.Draft draft,
      NewPerson.FactorProof proof,
      Optional<Passkeys.Site> site,
      String address) {
    try {
      return newPerson.prove(draft, proof, site);
    } catch (ProblemException wrong) {
      denied.count(AuditType.INVITATION_FAILED, "wrong factor", address);
      throw wrong;
    }
  }

  private AuditLog.Change<NewPerson.Done> create(
      InvitationRepository.Row row, NewPerson.Proved proved, SignIn.Origin origin) {
    final NewPerson.Draft draft = proved.draft();
    final ScopeForm scope = row.scope().form();
    final NewPerson.Done done =
        newPerson.create(proved, new NewPerson.Standing(row.role(), scope, false), origin);
    rows.accept(row.id(), draft.personId(), clock.instant());
    return new AuditLog.Change<>(
        done,
        new AuditEvent(
            AuditType.INVITATION_ACCEPTED,
            AuditEvent.person(draft.personId(), draft.name()),
            Invitations.subject(row.id()),
            AuditRecord.Outcome.OK,
            origin.address(),
            Map.of(
                "role", row.role().code(),
                "scope", ScopeForm.describe(scope),
                "factor", proved.proof().factor())));
  }

  private ProblemException wrong(String reason, String address) {
    denied.count(AuditType.INVITATION_FAILED, reason, address);
    return new ProblemException(
        ProblemType.INVITATION_WRONG,
        "It was mistyped, used, taken back, or its time is over. Ask for another.");
  }
}
