package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How somebody comes to exist, whether by the setup or by an invitation: a name and a password
/// that the policy accepts, a second factor that was proved, ten recovery codes. Nothing is written
/// before the last step. Thread-safe.
@Component
final class NewPerson {
  private static final String FIRST_PASSKEY = "First passkey";

  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final Passkeys passkeys;
  private final RecoveryCodes recoveryCodes;
  private final PersonRepository people;
  private final Sessions sessions;
  private final Keys keys;
  private final Clock clock;

  NewPerson(
      PasswordPolicy policy,
      Passwords passwords,
      Passkeys passkeys,
      RecoveryCodes recoveryCodes,
      PersonRepository people,
      Sessions sessions,
      Keys keys,
      Clock clock) {
    this.policy = policy;
    this.passwords = passwords;
    this.passkeys = passkeys;
    this.recoveryCodes = recoveryCodes;
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
    this.clock = clock;
  }

  /// Somebody who lacks only a second factor. Travels sealed in a ceremony; arrays are base64url.
  record Draft(
      UUID tenantId,
      UUID personId,
      String name,
      String passwordHash,
      String totpSecret,
      String challenge) {}

  /// The proof of a second factor.
  sealed interface FactorProof {
    record App(String code) implements FactorProof {}

    record Passkey(String credentialJson) implements FactorProof {}

    /// As the record names it.
    default String factor() {
      return switch (this) {
        case App app -> "totp";
        case Passkey passkey -> "passkey";
      };
    }
  }

  /// A draft whose factor was proved, and the recovery codes that are shown once.
  ///
  /// @param storeFactor stores the factor, inside the transaction that creates the person
  record Proved(Draft draft, FactorProof proof, Runnable storeFactor, List<String> recoveryCodes) {}

  /// What the new person may.
  record Standing(Role role, @Nullable ScopeForm scope, boolean platform) {}

  /// The person exists and is signed in.
  record Done(List<String> recoveryCodes, Sessions.Opened session) {}

  PasswordPolicy.Verdict judge(String password, String name) {
    return policy.judge(password, name);
  }

  /// @throws ProblemException `validation` when the password is too weak
  Draft draft(UUID tenant, String name, String password) {
    final PasswordPolicy.Refusal refusal = policy.judge(password, name).refusal();
    if (refusal != null) {
      throw ProblemException.field("password", refusal.advice());
    }
    return new Draft(
        tenant,
        UUID.randomUUID(),
        name.strip(),
        passwords.hash(password),
        encode(keys.random(Totp.SECRET_BYTES)),
        encode(keys.random(Passkeys.CHALLENGE_BYTES)));
  }

  /// @throws ProblemException `factor_wrong`
  Proved prove(Draft draft, FactorProof proof, Optional<Passkeys.Site> site) {
    final Runnable storeFactor =
        switch (proof) {
          case FactorProof.App app -> proveApp(draft, app);
          case FactorProof.Passkey passkey -> provePasskey(draft, passkey, site);
        };
    return new Proved(draft, proof, storeFactor, recoveryCodes.generate());
  }

  /// Writes the person and signs them in, inside their tenant's transaction.
  ///
  /// @throws ProblemException `name_taken`
  Sessions.Opened create(Proved proved, Standing standing, SignIn.Origin origin) {
    final Draft draft = proved.draft();
    if (!people.createPerson(draft, standing)) {
      throw nameTaken();
    }
    proved.storeFactor().run();
    proved
        .recoveryCodes()
        .forEach(
            code ->
                people.createRecoveryCode(
                    draft.tenantId(),
                    draft.personId(),
                    recoveryCodes.hash(draft.personId(), code)));
    return sessions.open(people.findPerson(draft.personId()).orElseThrow(), origin);
  }

  static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "Somebody signs in under this name already.");
  }

  private Runnable proveApp(Draft draft, FactorProof.App app) {
    final byte[] secret = decode(draft.totpSecret());
    final long step =
        Totp.verify(secret, app.code(), clock.instant(), 0)
            .orElseThrow(
                () -> factorWrong("The code does not match. Is this machine's clock right?"));
    return () ->
        people.createTotp(
            draft.tenantId(),
            draft.personId(),
            keys.seal(SignIn.totpPurpose(draft.personId()), secret),
            step);
  }

  private Runnable provePasskey(
      Draft draft, FactorProof.Passkey response, Optional<Passkeys.Site> site) {
    final PersonRepository.Passkey passkey =
        site.flatMap(
                page ->
                    passkeys.register(
                        page,
                        decode(draft.challenge()),
                        draft.personId(),
                        response.credentialJson()))
            .orElseThrow(() -> factorWrong("The passkey could not be verified. Try again."));
    return () -> people.createPasskey(draft.tenantId(), FIRST_PASSKEY, passkey);
  }

  private static ProblemException factorWrong(String detail) {
    return new ProblemException(ProblemType.FACTOR_WRONG, detail);
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
