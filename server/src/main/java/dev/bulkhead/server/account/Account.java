package dev.bulkhead.server.account;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Ceremonies;
import dev.bulkhead.server.identity.Factors;
import dev.bulkhead.server.identity.Freshness;
import dev.bulkhead.server.identity.Guesses;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.PasswordPolicy;
import dev.bulkhead.server.identity.Passwords;
import dev.bulkhead.server.identity.Sessions;
import dev.bulkhead.server.identity.TotpView;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Somebody's password, authenticator app and recovery codes, in their own hands. Thread-safe.
@Component
final class Account {
  static final Duration OFFER = Duration.ofMinutes(10);

  private final OwnChanges changes;
  private final AccountRepository rows;
  private final Factors factors;
  private final Freshness freshness;
  private final Guesses guesses;
  private final Passwords passwords;
  private final PasswordPolicy policy;
  private final Sessions sessions;
  private final Ceremonies ceremonies;
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  Account(
      OwnChanges changes,
      AccountRepository rows,
      Factors factors,
      Freshness freshness,
      Guesses guesses,
      Passwords passwords,
      PasswordPolicy policy,
      Sessions sessions,
      Ceremonies ceremonies,
      Database database,
      AuditLog audit,
      Clock clock) {
    this.changes = changes;
    this.rows = rows;
    this.factors = factors;
    this.freshness = freshness;
    this.guesses = guesses;
    this.passwords = passwords;
    this.policy = policy;
    this.sessions = sessions;
    this.ceremonies = ceremonies;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// A new app was shown and lacks its first code.
  record AppOffered(UUID personId, UUID sessionId, String secret) {}

  record AppOffer(String ceremony, TotpView totp) {}

  AccountView show(OwnSession own) {
    return database.inTenant(own.tenantId(), () -> view(own));
  }

  /// The account, inside its tenant's transaction.
  AccountView view(OwnSession own) {
    final UUID person = own.personId();
    return new AccountView(
        person,
        own.who().name(),
        own.who().role().code(),
        rows.getPassword(person).changedAt(),
        rows.findTotpCreation(person).map(AccountView.TotpEntry::new).orElse(null),
        rows.listPasskeys(person),
        rows.countRecoveryCodes(person),
        new AccountView.StepUpState(freshness.until(own.id()).orElse(null), factors.list(person)));
  }

  /// Changes the password and ends all other sessions. Hashing happens outside the transaction: it
  /// must not keep rows locked.
  ///
  /// @throws ProblemException `validation`, or `rate_limited` after wrong ones
  OwnChanges.Renewed<Integer> changePassword(OwnSession own, String current, String wanted) {
    final String person = own.personId().toString();
    guesses.take(Guesses.Kind.OWN_PASSWORD, person);
    final String before =
        database.inTenant(own.tenantId(), () -> rows.getPassword(own.personId()).hash());
    if (!passwords.matches(current, before)) {
      refuse(own);
    }
    guesses.giveBack(Guesses.Kind.OWN_PASSWORD, person);
    policy.require(wanted, own.who().name());
    if (wanted.equals(current)) {
      throw ProblemException.field("password", "this is the password that you have");
    }
    final String after = passwords.hash(wanted);
    return changes.changeAndRotate(
        own,
        () -> {
          if (!rows.getPassword(own.personId()).hash().equals(before)) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "The password was changed meanwhile.");
          }
          rows.changePassword(own.personId(), after, clock.instant());
          final int ended = sessions.closeOthersOf(own.personId(), own.id());
          return new OwnChanges.Done<>(
              ended, AuditType.PASSWORD_CHANGED, Map.of("sessions_ended", Integer.toString(ended)));
        });
  }

  private void refuse(OwnSession own) {
    audit.note(
        own.tenantId(),
        new AuditEvent(
            AuditType.PASSWORD_REFUSED,
            AuditEvent.actor(own.who()),
            AuditEvent.personSubject(own.personId()),
            AuditRecord.Outcome.DENIED,
            own.address(),
            Map.of()));
    throw ProblemException.field("current", "is not your password");
  }

  AppOffer offerApp(OwnSession own) {
    final Factors.AppOffer offer = factors.offerApp(own.who().name());
    return new AppOffer(
        ceremonies.seal(new AppOffered(own.personId(), own.id(), offer.secret()), OFFER),
        offer.view());
  }

  /// Stores the app that was offered, in the place of the one before.
  ///
  /// @throws ProblemException `factor_wrong` or `ceremony_expired`
  OwnChanges.Renewed<AccountView> storeApp(OwnSession own, String ceremony, String code) {
    final var opened = ceremonies.open(ceremony, AppOffered.class);
    requireOwn(own, opened.content().personId(), opened.content().sessionId());
    final Runnable store = factors.proveNewApp(own.holder(), opened.content().secret(), code);
    return changes.changeAndRotate(
        own,
        () -> {
          ceremonies.spend(opened);
          final boolean replaced = rows.findTotpCreation(own.personId()).isPresent();
          store.run();
          return new OwnChanges.Done<>(
              view(own), replaced ? AuditType.TOTP_REPLACED : AuditType.TOTP_ADDED, Map.of());
        });
  }

  /// @throws ProblemException `not_found` or `last_factor`
  OwnChanges.Renewed<AccountView> removeApp(OwnSession own) {
    return changes.changeAndRotate(
        own,
        () -> {
          if (!rows.removeTotp(own.personId())) {
            throw new ProblemException(
                ProblemType.NOT_FOUND, "There is no authenticator app to remove.");
          }
          requireFactor(own);
          return new OwnChanges.Done<>(view(own), AuditType.TOTP_REMOVED, Map.of());
        });
  }

  OwnChanges.Renewed<List<String>> replaceRecoveryCodes(OwnSession own) {
    return changes.changeAndRotate(
        own,
        () ->
            new OwnChanges.Done<>(
                factors.replaceRecoveryCodes(own.holder()),
                AuditType.RECOVERY_CODES_REPLACED,
                Map.of()));
  }

  /// Refuses a removal, inside its transaction, that left neither an app nor a passkey.
  void requireFactor(OwnSession own) {
    if (rows.findTotpCreation(own.personId()).isEmpty()
        && rows.listPasskeys(own.personId()).isEmpty()) {
      throw new ProblemException(
          ProblemType.LAST_FACTOR, "Add an authenticator app or another passkey first.");
    }
  }

  /// Refuses a ceremony that began in another session.
  static void requireOwn(OwnSession own, UUID person, UUID session) {
    if (!person.equals(own.personId()) || !session.equals(own.id())) {
      throw new ProblemException(ProblemType.CEREMONY_EXPIRED, "Begin again from the first step.");
    }
  }
}
