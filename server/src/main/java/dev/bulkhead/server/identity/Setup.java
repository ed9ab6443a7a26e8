package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
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
  private static final String FIRST_PASSKEY = "First passkey";

  private final Installation installation;
  private final SetupCode setupCode;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final Passkeys passkeys;
  private final RecoveryCodes recoveryCodes;
  private final Ceremonies ceremonies;
  private final PersonRepository people;
  private final Sessions sessions;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Attempts attempts;
  private final Keys keys;
  private final Clock clock;

  Setup(
      Installation installation,
      SetupCode setupCode,
      PasswordPolicy policy,
      Passwords passwords,
      Passkeys passkeys,
      RecoveryCodes recoveryCodes,
      Ceremonies ceremonies,
      PersonRepository people,
      Sessions sessions,
      AuditLog audit,
      DeniedAttempts denied,
      Attempts attempts,
      Keys keys,
      Clock clock) {
    this.installation = installation;
    this.setupCode = setupCode;
    this.policy = policy;
    this.passwords = passwords;
    this.passkeys = passkeys;
    this.recoveryCodes = recoveryCodes;
    this.ceremonies = ceremonies;
    this.people = people;
    this.sessions = sessions;
    this.audit = audit;
    this.denied = denied;
    this.attempts = attempts;
    this.keys = keys;
    this.clock = clock;
  }

  /// The code was right.
  record CodeAccepted(UUID installation) {}

  /// An owner who lacks only a second factor. Arrays are base64url.
  record OwnerToBe(
      UUID tenantId,
      UUID personId,
      String name,
      String tenantName,
      String passwordHash,
      String totpSecret,
      String challenge) {}

  /// What the page needs to offer both factors.
  record Offer(String ceremony, OwnerToBe owner) {}

  /// The proof of a second factor.
  sealed interface FactorProof {
    record App(String code) implements FactorProof {}

    record Passkey(String credentialJson) implements FactorProof {}
  }

  /// The owner exists.
  record Done(List<String> recoveryCodes, Sessions.Opened session) {}

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
    return policy.judge(password, name);
  }

  Offer prepare(String ceremony, String name, String tenantName, String password) {
    requireOpen();
    ceremonies.open(ceremony, CodeAccepted.class);
    final PasswordPolicy.Verdict verdict = policy.judge(password, name);
    final PasswordPolicy.Refusal refusal = verdict.refusal();
    if (refusal != null) {
      throw ProblemException.field("password", refusal.advice());
    }
    final OwnerToBe owner =
        new OwnerToBe(
            UUID.randomUUID(),
            UUID.randomUUID(),
            name.strip(),
            tenantName.strip(),
            passwords.hash(password),
            encode(keys.random(Totp.SECRET_BYTES)),
            encode(keys.random(Passkeys.CHALLENGE_BYTES)));
    return new Offer(ceremonies.seal(owner, STEP), owner);
  }

  Done finish(
      String ceremony, FactorProof proof, Optional<Passkeys.Site> site, SignIn.Origin origin) {
    requireOpen();
    attempts.take("setup-finish", origin.address(), ATTEMPTS_PER_MINUTE);
    final var opened = ceremonies.open(ceremony, OwnerToBe.class);
    final OwnerToBe owner = opened.content();
    final Runnable storeFactor = checkFactor(owner, proof, site, origin.address());
    final List<String> codes = recoveryCodes.generate();
    final Sessions.Opened session =
        audit.change(
            owner.tenantId(),
            () -> {
              if (!installation.completeSetup(clock.instant())) {
                throw setupDone();
              }
              ceremonies.spend(opened);
              return create(owner, storeFactor, codes, proof, origin);
            });
    setupCode.remove();
    return new Done(codes, session);
  }

  private AuditLog.Change<Sessions.Opened> create(
      OwnerToBe owner,
      Runnable storeFactor,
      List<String> codes,
      FactorProof proof,
      SignIn.Origin origin) {
    final PersonRepository.Person person =
        new PersonRepository.Person(
            owner.tenantId(),
            owner.personId(),
            owner.name(),
            owner.tenantName(),
            Role.OWNER,
            Scope.whole(),
            true,
            owner.passwordHash());
    people.createTenant(owner.tenantId(), owner.tenantName(), TenantSlug.of(owner.tenantName()));
    if (!people.createPerson(person)) {
      throw new ProblemException(
          ProblemType.NAME_TAKEN, "Somebody signs in under this name already.");
    }
    storeFactor.run();
    codes.forEach(
        code ->
            people.createRecoveryCode(
                owner.tenantId(), owner.personId(), recoveryCodes.hash(owner.personId(), code)));
    final String factor =
        switch (proof) {
          case FactorProof.App app -> "totp";
          case FactorProof.Passkey passkey -> "passkey";
        };
    return new AuditLog.Change<>(
        sessions.open(person, origin),
        new AuditEvent(
            AuditType.SETUP_COMPLETED,
            AuditEvent.person(owner.personId(), owner.name()),
            new AuditRecord.Subject("tenant", owner.tenantId().toString()),
            AuditRecord.Outcome.OK,
            origin.address(),
            Map.of("tenant", owner.tenantName(), "factor", factor)));
  }

  // Checks the proof now; what it answers stores the factor later, inside the transaction.
  private Runnable checkFactor(
      OwnerToBe owner, FactorProof proof, Optional<Passkeys.Site> site, String address) {
    return switch (proof) {
      case FactorProof.App app -> {
        final byte[] secret = decode(owner.totpSecret());
        final long step =
            Totp.verify(secret, app.code(), clock.instant(), 0)
                .orElseThrow(
                    () ->
                        factorWrong(
                            "The code does not match. Is this machine's clock right?", address));
        yield () ->
            people.createTotp(
                owner.tenantId(),
                owner.personId(),
                keys.seal(SignIn.totpPurpose(owner.personId()), secret),
                step);
      }
      case FactorProof.Passkey response -> {
        final PersonRepository.Passkey passkey =
            site.flatMap(
                    page ->
                        passkeys.register(
                            page,
                            decode(owner.challenge()),
                            owner.personId(),
                            response.credentialJson()))
                .orElseThrow(
                    () -> factorWrong("The passkey could not be verified. Try again.", address));
        yield () -> people.createPasskey(owner.tenantId(), FIRST_PASSKEY, passkey);
      }
    };
  }

  private ProblemException factorWrong(String detail, String address) {
    denied.count(AuditType.SETUP_FAILED, "wrong factor", address);
    return new ProblemException(ProblemType.FACTOR_WRONG, detail);
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

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
