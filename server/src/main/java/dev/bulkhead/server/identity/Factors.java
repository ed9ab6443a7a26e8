package dev.bulkhead.server.identity;

import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Second factors: how one is proved, and how a new one comes to be stored, for setup, invitations,
/// signing in, stepping up and the own account alike. Whatever reads or writes a factor runs inside
/// its person's tenant's transaction. Thread-safe.
@Component
public final class Factors {
  private final PersonRepository people;
  private final Passkeys passkeys;
  private final RecoveryCodes recoveryCodes;
  private final Keys keys;
  private final Clock clock;

  Factors(
      PersonRepository people,
      Passkeys passkeys,
      RecoveryCodes recoveryCodes,
      Keys keys,
      Clock clock) {
    this.people = people;
    this.passkeys = passkeys;
    this.recoveryCodes = recoveryCodes;
    this.keys = keys;
    this.clock = clock;
  }

  /// Whose factor it is.
  public record Holder(UUID tenantId, UUID personId) {}

  /// What a page needs to offer an app.
  ///
  /// @param secret base64url, to be kept sealed until the app's code proves it
  public record AppOffer(String secret, TotpView view) {}

  /// What a page needs to ask its browser about passkeys.
  ///
  /// @param challenge base64url, to be kept sealed until it is answered
  public record PasskeyOffer(String challenge, Map<String, Object> options) {}

  /// The factors that somebody can prove, by code.
  public List<String> list(UUID person) {
    final List<String> factors = new ArrayList<>();
    if (people.hasTotp(person)) {
      factors.add("totp");
    }
    if (!people.listPasskeys(person).isEmpty()) {
      factors.add("passkey");
    }
    factors.add("recovery_code");
    return List.copyOf(factors);
  }

  /// Whether an app's code is right, which uses it up.
  public boolean proveApp(UUID person, String code) {
    final OptionalLong step =
        people
            .findTotp(person)
            .flatMap(
                factor ->
                    keys.open(totpPurpose(person), factor.sealedSecret())
                        .map(
                            secret ->
                                Totp.verify(secret, code, clock.instant(), factor.lastStep())))
            .orElseGet(OptionalLong::empty);
    step.ifPresent(used -> people.useTotpStep(person, used));
    return step.isPresent();
  }

  /// Whether a recovery code is right, which uses it up.
  public boolean proveRecoveryCode(UUID person, String code) {
    return people.useRecoveryCode(person, recoveryCodes.hash(person, code));
  }

  /// Asks for one of somebody's passkeys.
  public PasskeyOffer askPasskey(Passkeys.Site site, UUID person) {
    final byte[] challenge = keys.random(Passkeys.CHALLENGE_BYTES);
    return new PasskeyOffer(
        NewPerson.encode(challenge), passkeys.requestOptions(site, challenge, ids(person)));
  }

  /// Whether a browser's answer proves one of somebody's passkeys for a challenge.
  public boolean provePasskey(
      Passkeys.Site site, String challenge, Holder holder, String credentialJson) {
    return passkeys
        .claim(credentialJson)
        .filter(claim -> claim.tenantId().equals(holder.tenantId()))
        .filter(claim -> claim.personId().equals(holder.personId()))
        .filter(claim -> provePasskey(site, NewPerson.decode(challenge), claim))
        .isPresent();
  }

  boolean provePasskey(Passkeys.Site site, byte[] challenge, Passkeys.Claim claim) {
    return people
        .findPasskey(claim.credentialId())
        .filter(known -> known.personId().equals(claim.personId()))
        .flatMap(known -> passkeys.verify(site, challenge, claim, known))
        .map(
            signCount -> {
              people.usePasskey(claim.credentialId(), signCount);
              return true;
            })
        .orElse(false);
  }

  /// A secret for a new app.
  public AppOffer offerApp(String name) {
    final byte[] secret = keys.random(Totp.SECRET_BYTES);
    return new AppOffer(NewPerson.encode(secret), TotpView.of(name, secret));
  }

  /// Checks the first code of a new app; what it answers with stores the app in the place of the
  /// one before.
  ///
  /// @throws ProblemException `factor_wrong`
  public Runnable proveNewApp(Holder holder, String offeredSecret, String code) {
    final byte[] secret = NewPerson.decode(offeredSecret);
    final long step =
        Totp.verify(secret, code, clock.instant(), 0)
            .orElseThrow(() -> wrong("The code does not match. Is this machine's clock right?"));
    return () ->
        people.storeTotp(
            holder.tenantId(),
            holder.personId(),
            keys.seal(totpPurpose(holder.personId()), secret),
            step);
  }

  /// Asks a browser for a new passkey, from an authenticator that has none of somebody's yet.
  public PasskeyOffer offerPasskey(Passkeys.Site site, Holder holder, String name) {
    final byte[] challenge = keys.random(Passkeys.CHALLENGE_BYTES);
    return new PasskeyOffer(
        NewPerson.encode(challenge),
        passkeys.creationOptions(
            site, holder.tenantId(), holder.personId(), name, challenge, ids(holder.personId())));
  }

  /// Checks a new passkey; what it answers with stores it.
  ///
  /// @param id the id that its person names it by
  /// @throws ProblemException `factor_wrong`, from the runnable too when the passkey is known
  ///     already
  public Runnable proveNewPasskey(
      Passkeys.Site site,
      Holder holder,
      String challenge,
      String credentialJson,
      UUID id,
      String name) {
    final PersonRepository.Passkey passkey =
        passkeys
            .register(site, NewPerson.decode(challenge), holder.personId(), credentialJson)
            .orElseThrow(Factors::passkeyWrong);
    return () -> {
      if (!people.createPasskey(holder.tenantId(), id, name, passkey)) {
        throw wrong("This passkey is known already.");
      }
    };
  }

  /// Ten recovery codes in the place of all before, to be shown once.
  public List<String> replaceRecoveryCodes(Holder holder) {
    people.removeRecoveryCodes(holder.personId());
    final List<String> codes = recoveryCodes.generate();
    codes.forEach(
        code ->
            people.createRecoveryCode(
                holder.tenantId(), holder.personId(), recoveryCodes.hash(holder.personId(), code)));
    return codes;
  }

  static ProblemException passkeyWrong() {
    return wrong("The passkey could not be verified. Try again.");
  }

  private List<byte[]> ids(UUID person) {
    return people.listPasskeys(person).stream()
        .map(PersonRepository.Passkey::credentialId)
        .toList();
  }

  private static String totpPurpose(UUID person) {
    return "totp_factor.sealed_secret/" + person;
  }

  private static ProblemException wrong(String detail) {
    return new ProblemException(ProblemType.FACTOR_WRONG, detail);
  }
}
