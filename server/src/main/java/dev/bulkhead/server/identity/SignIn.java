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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/// Signing in: a password and then a second factor, or a passkey, which is both. Whatever is wrong,
/// the answer is the same and takes as long; whoever guesses waits longer and longer, but for a
/// passkey, which cannot be guessed. Thread-safe.
@Component
final class SignIn {
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final int PER_ADDRESS = 20;

  private final PersonRepository people;
  private final Passwords passwords;
  private final Passkeys passkeys;
  private final Factors factors;
  private final Guesses guesses;
  private final Ceremonies ceremonies;
  private final Sessions sessions;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Attempts attempts;
  private final AllowedNetworks networks;
  private final Database database;
  private final Keys keys;

  SignIn(
      PersonRepository people,
      Passwords passwords,
      Passkeys passkeys,
      Factors factors,
      Guesses guesses,
      Ceremonies ceremonies,
      Sessions sessions,
      AuditLog audit,
      DeniedAttempts denied,
      Attempts attempts,
      AllowedNetworks networks,
      Database database,
      Keys keys) {
    this.people = people;
    this.passwords = passwords;
    this.passkeys = passkeys;
    this.factors = factors;
    this.guesses = guesses;
    this.ceremonies = ceremonies;
    this.sessions = sessions;
    this.audit = audit;
    this.denied = denied;
    this.attempts = attempts;
    this.networks = networks;
    this.database = database;
    this.keys = keys;
  }

  /// The password was right.
  ///
  /// @param passwordStamp tells it from one that was set later
  record PasswordAccepted(UUID tenantId, UUID personId, long passwordStamp) {}

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
    // Counted for names that nobody has too: the delay must not tell which exist.
    final String key = PersonRepository.nameKey(name);
    guesses.take(Guesses.Kind.PASSWORD, key);
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
    // Whoever may not come from here does not learn that the password was right.
    if (!networks.allow(person.get().tenantId(), origin.address())) {
      throw failed("address", origin);
    }
    guesses.giveBack(Guesses.Kind.PASSWORD, key);
    strengthen(person.get(), password);
    final UUID tenant = person.get().tenantId();
    final UUID id = person.get().id();
    return new Next(
        ceremonies.seal(new PasswordAccepted(tenant, id, stamp(person.get())), STEP),
        database.inTenant(tenant, () -> factors.list(id)));
  }

  // The one moment at which the password is known: a hash of weaker parameters goes then.
  private void strengthen(PersonRepository.Person person, String password) {
    final String before = person.passwordHash();
    if (passwords.isWeak(before)) {
      final String after = passwords.hash(password);
      database.inTenant(
          person.tenantId(),
          () -> {
            people.rehash(person.id(), before, after);
            return person;
          });
    }
  }

  Sessions.Opened totp(String ceremony, String code, Origin origin) {
    return secondFactor(ceremony, origin, "totp", person -> factors.proveApp(person.id(), code));
  }

  Sessions.Opened recovery(String ceremony, String code, Origin origin) {
    return secondFactor(
        ceremony, origin, "recovery_code", person -> factors.proveRecoveryCode(person.id(), code));
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
          people.lockForChange(claim.personId());
          if (!factors.provePasskey(site, challenge, claim)) {
            throw failed("passkey", origin);
          }
          ceremonies.spend(opened);
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

  private Sessions.Opened secondFactor(
      String ceremony, Origin origin, String factor, Predicate<PersonRepository.Person> proves) {
    attempts.take("sign-in", origin.address(), PER_ADDRESS);
    final var opened = ceremonies.open(ceremony, PasswordAccepted.class);
    final PasswordAccepted accepted = opened.content();
    guesses.take(Guesses.Kind.CODE, accepted.personId().toString());
    final Sessions.Opened session =
        audit.change(
            accepted.tenantId(),
            () -> {
              people.lockForChange(accepted.personId());
              final PersonRepository.Person person =
                  people
                      .findPerson(accepted.personId())
                      .filter(found -> stamp(found) == accepted.passwordStamp())
                      .orElseThrow(() -> failed(factor, origin));
              if (!proves.test(person)) {
                throw failed(factor, origin);
              }
              ceremonies.spend(opened);
              return open(person, factor, origin);
            });
    guesses.giveBack(Guesses.Kind.CODE, accepted.personId().toString());
    return session;
  }

  private AuditLog.Change<Sessions.Opened> open(
      PersonRepository.Person person, String factor, Origin origin) {
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

  // The password that a ceremony began with.
  private static long stamp(PersonRepository.Person person) {
    final Instant changed = person.passwordChangedAt();
    return changed == null ? 0 : ChronoUnit.MICROS.between(Instant.EPOCH, changed);
  }

  private ProblemException failed(String reason, Origin origin) {
    denied.count(AuditType.SIGN_IN_FAILED, reason, origin.address());
    return new ProblemException(
        ProblemType.SIGN_IN_FAILED, "Name, password or second factor do not match.");
  }
}
