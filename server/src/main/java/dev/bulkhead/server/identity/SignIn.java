package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.networks.AllowedNetworks;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/// Signing in: a password and then a second factor, or a passkey, which is both. Whatever is wrong,
/// the answer is the same and takes as long. Thread-safe.
@Component
final class SignIn {
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int PER_ADDRESS = 20;
  private static final int PER_NAME = 10;
  private static final int PER_PERSON = 10;
  private static final int PER_PERSON_AND_HOUR = 30;

  private final PersonRepository people;
  private final Passwords passwords;
  private final Passkeys passkeys;
  private final RecoveryCodes recoveryCodes;
  private final Ceremonies ceremonies;
  private final Sessions sessions;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Attempts attempts;
  private final AllowedNetworks networks;
  private final Database database;
  private final Keys keys;
  private final Clock clock;

  SignIn(
      PersonRepository people,
      Passwords passwords,
      Passkeys passkeys,
      RecoveryCodes recoveryCodes,
      Ceremonies ceremonies,
      Sessions sessions,
      AuditLog audit,
      DeniedAttempts denied,
      Attempts attempts,
      AllowedNetworks networks,
      Database database,
      Keys keys,
      Clock clock) {
    this.people = people;
    this.passwords = passwords;
    this.passkeys = passkeys;
    this.recoveryCodes = recoveryCodes;
    this.ceremonies = ceremonies;
    this.sessions = sessions;
    this.audit = audit;
    this.denied = denied;
    this.attempts = attempts;
    this.networks = networks;
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  /// The password was right.
  record PasswordAccepted(UUID tenantId, UUID personId) {}

  /// A passkey is asked for. The challenge is base64url.
  record PasskeyAsked(String challenge) {}

  /// What the person may prove next.
  record Next(String ceremony, List<String> factors) {}

  record PasskeyRequest(String ceremony, Map<String, Object> options) {}

  /// Where a request came from.
  record Origin(String address, String userAgent) {
    static Origin of(HttpServletRequest request) {
      return new Origin(
          request.getRemoteAddr(), Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
    }
  }

  Next password(String name, String password, Origin origin) {
    attempts.take("sign-in", origin.address(), PER_ADDRESS);
    // Counted for names that nobody has too: the limit must not tell which exist.
    attempts.take("sign-in-name", PersonRepository.nameKey(name), PER_NAME);
    final Optional<PersonRepository.SignInName> known =
        database.acrossTenants(() -> people.findSignIn(name));
    final Optional<PersonRepository.Person> person =
        known.flatMap(
            found ->
                database.inTenant(found.tenantId(), () -> people.findPerson(found.personId())));
    if (person.isEmpty()) {
      passwords.matchNobody(password);
      throw failed("password", origin);
    }
    if (!passwords.matches(password, person.get().passwordHash())) {
      throw failed("password", origin);
    }
    final UUID tenant = person.get().tenantId();
    final UUID id = person.get().id();
    return new Next(ceremonies.seal(new PasswordAccepted(tenant, id), STEP), factors(tenant, id));
  }

  Sessions.Opened totp(String ceremony, String code, Origin origin) {
    return secondFactor(
        ceremony,
        origin,
        "totp",
        person ->
            people
                .findTotp(person.id())
                .flatMap(
                    factor ->
                        keys.open(totpPurpose(person.id()), factor.sealedSecret())
                            .map(
                                secret ->
                                    Totp.verify(secret, code, clock.instant(), factor.lastStep())))
                .filter(step -> step.isPresent())
                .map(
                    step -> {
                      people.useTotpStep(person.id(), step.getAsLong());
                      return true;
                    })
                .orElse(false));
  }

  Sessions.Opened recovery(String ceremony, String code, Origin origin) {
    return secondFactor(
        ceremony,
        origin,
        "recovery_code",
        person -> people.useRecoveryCode(person.id(), recoveryCodes.hash(person.id(), code)));
  }

  PasskeyRequest askPasskey(Passkeys.Site site, Origin origin) {
    attempts.take("passkey", origin.address(), PER_ADDRESS);
    final byte[] challenge = keys.random(Passkeys.CHALLENGE_BYTES);
    return new PasskeyRequest(
        ceremonies.seal(new PasskeyAsked(NewPerson.encode(challenge)), STEP),
        passkeys.requestOptions(site, challenge, List.of()));
  }

  Sessions.Opened passkey(
      String ceremony, String credentialJson, Passkeys.Site site, Origin origin) {
    attempts.take("passkey", origin.address(), PER_ADDRESS);
    final var opened = ceremonies.open(ceremony, PasskeyAsked.class);
    final byte[] challenge = NewPerson.decode(opened.content().challenge());
    final Passkeys.Claim claim =
        passkeys.claim(credentialJson).orElseThrow(() -> failed("passkey", origin));
    return audit.change(
        claim.tenantId(),
        () -> {
          final PersonRepository.Passkey passkey =
              people
                  .findPasskey(claim.credentialId())
                  .filter(known -> known.personId().equals(claim.personId()))
                  .orElseThrow(() -> failed("passkey", origin));
          final long signCount =
              passkeys
                  .verify(site, challenge, claim, passkey)
                  .orElseThrow(() -> failed("passkey", origin));
          ceremonies.spend(opened);
          people.usePasskey(claim.credentialId(), signCount);
          return open(
              people.findPerson(claim.personId()).orElseThrow(() -> failed("passkey", origin)),
              "passkey",
              origin);
        });
  }

  void signOut(SignedIn who, String address) {
    audit.change(
        who.tenantId(),
        () -> {
          sessions.close(who.sessionId());
          return new AuditLog.Change<>(
              true, AuditEvent.by(who, AuditType.SIGN_OUT, null, address, Map.of()));
        });
  }

  static String totpPurpose(UUID person) {
    return "totp_factor.sealed_secret/" + person;
  }

  private Sessions.Opened secondFactor(
      String ceremony,
      Origin origin,
      String factor,
      Function<PersonRepository.Person, Boolean> proves) {
    attempts.take("sign-in", origin.address(), PER_ADDRESS);
    final var opened = ceremonies.open(ceremony, PasswordAccepted.class);
    final PasswordAccepted accepted = opened.content();
    attempts.take("second-factor", accepted.personId().toString(), PER_PERSON);
    // Whoever has the password must not get through all codes within a year.
    attempts.take(
        "second-factor-hour",
        accepted.personId().toString(),
        PER_PERSON_AND_HOUR,
        Duration.ofHours(1));
    return audit.change(
        accepted.tenantId(),
        () -> {
          final PersonRepository.Person person =
              people.findPerson(accepted.personId()).orElseThrow(() -> failed(factor, origin));
          if (!proves.apply(person)) {
            throw failed(factor, origin);
          }
          ceremonies.spend(opened);
          return open(person, factor, origin);
        });
  }

  private AuditLog.Change<Sessions.Opened> open(
      PersonRepository.Person person, String factor, Origin origin) {
    // Whoever may not come from here learns nothing about the proofs that they brought.
    if (!networks.allow(person.tenantId(), origin.address())) {
      throw failed("address", origin);
    }
    return new AuditLog.Change<>(
        sessions.open(person, origin),
        new AuditEvent(
            AuditType.SIGN_IN_SUCCEEDED,
            AuditEvent.person(person.id(), person.name()),
            null,
            AuditRecord.Outcome.OK,
            origin.address(),
            Map.of("factor", factor)));
  }

  private List<String> factors(UUID tenant, UUID person) {
    return database.inTenant(
        tenant,
        () -> {
          final List<String> factors = new ArrayList<>();
          if (people.findTotp(person).isPresent()) {
            factors.add("totp");
          }
          if (!people.listPasskeys(person).isEmpty()) {
            factors.add("passkey");
          }
          factors.add("recovery_code");
          return List.copyOf(factors);
        });
  }

  private ProblemException failed(String reason, Origin origin) {
    denied.count(AuditType.SIGN_IN_FAILED, reason, origin.address());
    return new ProblemException(
        ProblemType.SIGN_IN_FAILED, "Name, password or second factor do not match.");
  }
}
