package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// From a setup code to the first owner. Nothing exists before the last step, which writes tenant,
/// owner, factor, recovery codes and record in one transaction. Thread-safe; of two at once, one
/// wins.
@Component
final class Setup {
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final int ATTEMPTS_PER_MINUTE = 10;

  private final Installation installation;
  private final SetupCode setupCode;
  private final NewPerson newPerson;
  private final Ceremonies ceremonies;
  private final PersonRepository people;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Attempts attempts;
  private final Clock clock;

  Setup(
      Installation installation,
      SetupCode setupCode,
      NewPerson newPerson,
      Ceremonies ceremonies,
      PersonRepository people,
      AuditLog audit,
      DeniedAttempts denied,
      Attempts attempts,
      Clock clock) {
    this.installation = installation;
    this.setupCode = setupCode;
    this.newPerson = newPerson;
    this.ceremonies = ceremonies;
    this.people = people;
    this.audit = audit;
    this.denied = denied;
    this.attempts = attempts;
    this.clock = clock;
  }

  /// The code was right.
  record CodeAccepted(UUID installation) {}

  /// An owner who lacks only a second factor.
  record OwnerToBe(NewPerson.Draft draft, String tenantName) {}

  /// What the page needs to offer both factors.
  record Offer(String ceremony, NewPerson.Draft draft) {}

  String acceptCode(String code, String address) {
    requireOpen();
    attempts.take("setup-code", address, ATTEMPTS_PER_MINUTE);
    if (!setupCode.matches(code)) {
      denied.count(AuditType.SETUP_FAILED, "wrong code", address);
      throw new ProblemException(
          ProblemType.SETUP_CODE_WRONG, "Take the code that the last start of the server printed.");
    }
    return ceremonies.seal(new CodeAccepted(installation.id()), STEP);
  }

  PasswordPolicy.Verdict judge(String password, String name, String address) {
    requireOpen();
    attempts.take("password-check", address, 120);
    return newPerson.judge(password, name);
  }

  Offer prepare(String ceremony, String name, String tenantName, String password) {
    requireOpen();
    ceremonies.open(ceremony, CodeAccepted.class);
    final NewPerson.Draft draft = newPerson.draft(UUID.randomUUID(), name, password);
    return new Offer(ceremonies.seal(new OwnerToBe(draft, tenantName.strip()), STEP), draft);
  }

  NewPerson.Done finish(
      String ceremony,
      NewPerson.FactorProof proof,
      Optional<Passkeys.Site> site,
      SignIn.Origin origin) {
    requireOpen();
    attempts.take("setup-finish", origin.address(), ATTEMPTS_PER_MINUTE);
    final var opened = ceremonies.open(ceremony, OwnerToBe.class);
    final OwnerToBe owner = opened.content();
    final NewPerson.Proved proved = prove(owner.draft(), proof, site, origin.address());
    final NewPerson.Done done =
        audit.change(
            owner.draft().tenantId(),
            () -> {
              if (!installation.completeSetup(clock.instant())) {
                throw setupDone();
              }
              ceremonies.spend(opened);
              return create(owner, proved, origin);
            });
    setupCode.remove();
    return done;
  }

  private NewPerson.Proved prove(
      NewPerson.Draft draft,
      NewPerson.FactorProof proof,
      Optional<Passkeys.Site> site,
      String address) {
    try {
      return newPerson.prove(draft, proof, site);
    } catch (ProblemException wrong) {
      denied.count(AuditType.SETUP_FAILED, "wrong factor", address);
      throw wrong;
    }
  }

  private AuditLog.Change<NewPerson.Done> create(
      OwnerToBe owner, NewPerson.Proved proved, SignIn.Origin origin) {
    final NewPerson.Draft draft = owner.draft();
    final String tenantName = owner.tenantName();
    people.createTenant(draft.tenantId(), tenantName, TenantSlug.of(tenantName));
    final NewPerson.Done done =
        newPerson.create(proved, new NewPerson.Standing(Role.OWNER, null, true), origin);
    return new AuditLog.Change<>(
        done,
        new AuditEvent(
            AuditType.SETUP_COMPLETED,
            AuditEvent.person(draft.personId(), draft.name()),
            new AuditRecord.Subject("tenant", draft.tenantId().toString()),
            AuditRecord.Outcome.OK,
            origin.address(),
            Map.of("tenant", tenantName, "factor", proved.proof().factor())));
  }

  private void requireOpen() {
    if (installation.isSetUp()) {
      throw setupDone();
    }
  }

  private static ProblemException setupDone() {
    return new ProblemException(
        ProblemType.SETUP_DONE, "This installation has its owner. Sign in instead.");
  }
}
