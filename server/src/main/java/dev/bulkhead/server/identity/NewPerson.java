package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
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
  private final Factors factors;
  private final PersonRepository people;
  private final Sessions sessions;
  private final Keys keys;

  NewPerson(
      PasswordPolicy policy,
      Passwords passwords,
      Factors factors,
      PersonRepository people,
      Sessions sessions,
      Keys keys) {
    this.policy = policy;
    this.passwords = passwords;
    this.factors = factors;
    this.people = people;
    this.sessions = sessions;
    this.keys = keys;
  }

  /// Somebody who lacks only a second factor. Travels sealed in a ceremony; arrays are base64url.
  record Draft(
      UUID tenantId,
      UUID personId,
      String name,
      String passwordHash,
      String totpSecret,
      String challenge) {
    Factors.Holder holder() {
      return new Factors.Holder(tenantId, personId);
    }
  }

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

  /// A draft whose factor was proved.
  ///
  /// @param storeFactor stores the factor, inside the transaction that creates the person
  record Proved(Draft draft, FactorProof proof, Runnable storeFactor) {}

  /// What the new person may.
  record Standing(Role role, @Nullable ScopeForm scope, boolean platform) {}

  /// The person exists and is signed in.
  ///
  /// @param recoveryCodes shown once
  record Done(List<String> recoveryCodes, Sessions.Opened session) {}

  PasswordPolicy.Verdict judge(String password, String name) {
    return policy.judge(password, name);
  }

  /// @throws ProblemException `validation` when the password is too weak
  Draft draft(UUID tenant, String name, String password) {
    policy.require(password, name);
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
          case FactorProof.App app ->
              factors.proveNewApp(draft.holder(), draft.totpSecret(), app.code());
          case FactorProof.Passkey passkey ->
              factors.proveNewPasskey(
                  site.orElseThrow(Factors::passkeyWrong),
                  draft.holder(),
                  draft.challenge(),
                  passkey.credentialJson(),
                  UUID.randomUUID(),
                  FIRST_PASSKEY);
        };
    return new Proved(draft, proof, storeFactor);
  }

  /// Writes the person and signs them in, inside their tenant's transaction.
  ///
  /// @throws ProblemException `name_taken`
  Done create(Proved proved, Standing standing, SignIn.Origin origin) {
    final Draft draft = proved.draft();
    if (!people.createPerson(draft, standing)) {
      throw nameTaken();
    }
    proved.storeFactor().run();
    final List<String> codes = factors.replaceRecoveryCodes(draft.holder());
    return new Done(
        codes, sessions.open(people.findPerson(draft.personId()).orElseThrow(), origin));
  }

  static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "Somebody signs in under this name already.");
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
