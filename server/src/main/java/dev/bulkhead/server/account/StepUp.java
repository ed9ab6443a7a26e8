package dev.bulkhead.server.account;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Ceremonies;
import dev.bulkhead.server.identity.Factors;
import dev.bulkhead.server.identity.Guesses;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.Passkeys;
import dev.bulkhead.server.identity.Sessions;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/// Proving a factor anew, inside a session. Codes are guessed against the same count as when
/// signing in. Thread-safe.
@Component
final class StepUp {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int PASSKEYS_PER_MINUTE = 20;

  private final OwnChanges changes;
  private final Factors factors;
  private final Guesses guesses;
  private final Attempts attempts;
  private final Sessions sessions;
  private final Ceremonies ceremonies;
  private final Database database;
  private final AuditLog audit;

  StepUp(
      OwnChanges changes,
      Factors factors,
      Guesses guesses,
      Attempts attempts,
      Sessions sessions,
      Ceremonies ceremonies,
      Database database,
      AuditLog audit) {
    this.changes = changes;
    this.factors = factors;
    this.guesses = guesses;
    this.attempts = attempts;
    this.sessions = sessions;
    this.ceremonies = ceremonies;
    this.database = database;
    this.audit = audit;
  }

  /// What somebody proves.
  sealed interface Proof {
    record App(String code) implements Proof {}

    record RecoveryCode(String code) implements Proof {}

    record Passkey(String ceremony, String credentialJson, Passkeys.Site site) implements Proof {}

    /// As the record names it.
    default String factor() {
      return switch (this) {
        case App app -> "totp";
        case RecoveryCode code -> "recovery_code";
        case Passkey passkey -> "passkey";
      };
    }
  }

  /// A passkey was asked for. The challenge is base64url.
  record StepUpAsked(UUID personId, UUID sessionId, String challenge) {}

  record Request(String ceremony, Map<String, Object> options) {}

  Request askPasskey(OwnSession own, Passkeys.Site site) {
    final Factors.PasskeyOffer asked =
        database.inTenant(own.tenantId(), () -> factors.askPasskey(site, own.personId()));
    return new Request(
        ceremonies.seal(new StepUpAsked(own.personId(), own.id(), asked.challenge()), LIFE),
        asked.options());
  }

  /// Makes the session fresh.
  ///
  /// @return until when
  /// @throws ProblemException `factor_wrong`, `ceremony_expired` or `rate_limited`
  OwnChanges.Renewed<Instant> prove(OwnSession own, Proof proof) {
    return switch (proof) {
      case Proof.App app ->
          proveCode(own, proof, () -> factors.proveApp(own.personId(), app.code()));
      case Proof.RecoveryCode recovery ->
          proveCode(own, proof, () -> factors.proveRecoveryCode(own.personId(), recovery.code()));
      case Proof.Passkey passkey -> provePasskey(own, passkey);
    };
  }

  private OwnChanges.Renewed<Instant> proveCode(
      OwnSession own, Proof proof, BooleanSupplier proves) {
    final String person = own.personId().toString();
    guesses.take(Guesses.Kind.CODE, person);
    final OwnChanges.Renewed<Instant> renewed = renew(own, proof.factor(), proves);
    guesses.giveBack(Guesses.Kind.CODE, person);
    return renewed;
  }

  private OwnChanges.Renewed<Instant> provePasskey(OwnSession own, Proof.Passkey proof) {
    attempts.take("step-up-passkey", own.id().toString(), PASSKEYS_PER_MINUTE);
    final var opened = ceremonies.open(proof.ceremony(), StepUpAsked.class);
    final StepUpAsked asked = opened.content();
    Account.requireOwn(own, asked.personId(), asked.sessionId());
    return renew(
        own,
        proof.factor(),
        () -> {
          ceremonies.spend(opened);
          return factors.provePasskey(
              proof.site(), asked.challenge(), own.holder(), proof.credentialJson());
        });
  }

  private OwnChanges.Renewed<Instant> renew(OwnSession own, String factor, BooleanSupplier proves) {
    try {
      return changes.changeAndRotate(
          own,
          () -> {
            if (!proves.getAsBoolean()) {
              throw new ProblemException(
                  ProblemType.FACTOR_WRONG, "It does not match, or was used before.");
            }
            return new OwnChanges.Done<>(
                sessions.freshen(own), AuditType.STEP_UP_SUCCEEDED, Map.of("factor", factor));
          });
    } catch (ProblemException failure) {
      if (failure.type() == ProblemType.FACTOR_WRONG) {
        recordFailure(own, factor);
      }
      throw failure;
    }
  }

  private void recordFailure(OwnSession own, String factor) {
    audit.note(
        own.tenantId(),
        new AuditEvent(
            AuditType.STEP_UP_FAILED,
            AuditEvent.actor(own.who()),
            AuditEvent.personSubject(own.personId()),
            AuditRecord.Outcome.DENIED,
            own.address(),
            Map.of("factor", factor)));
  }
}
