package dev.bulkhead.server.account;

import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Ceremonies;
import dev.bulkhead.server.identity.Factors;
import dev.bulkhead.server.identity.OwnSession;
import dev.bulkhead.server.identity.Passkeys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Somebody's passkeys, in their own hands. Thread-safe.
@Component
final class OwnPasskeys {
  private static final int MOST = 20;

  private final OwnChanges changes;
  private final Account account;
  private final AccountRepository rows;
  private final Factors factors;
  private final Ceremonies ceremonies;
  private final Database database;

  OwnPasskeys(
      OwnChanges changes,
      Account account,
      AccountRepository rows,
      Factors factors,
      Ceremonies ceremonies,
      Database database) {
    this.changes = changes;
    this.account = account;
    this.rows = rows;
    this.factors = factors;
    this.ceremonies = ceremonies;
    this.database = database;
  }

  /// A new passkey was asked for. The challenge is base64url.
  record NewPasskeyAsked(UUID personId, UUID sessionId, String challenge) {}

  record Offer(String ceremony, Map<String, Object> options) {}

  Offer offer(OwnSession own, Passkeys.Site site) {
    final Factors.PasskeyOffer offer =
        database.inTenant(
            own.tenantId(), () -> factors.offerPasskey(site, own.holder(), own.who().name()));
    return new Offer(
        ceremonies.seal(
            new NewPasskeyAsked(own.personId(), own.id(), offer.challenge()), Account.OFFER),
        offer.options());
  }

  /// @throws ProblemException `factor_wrong`, `ceremony_expired` or `validation`
  OwnChanges.Renewed<AccountView> add(
      OwnSession own, Passkeys.Site site, String ceremony, String name, String credentialJson) {
    final var opened = ceremonies.open(ceremony, NewPasskeyAsked.class);
    final NewPasskeyAsked asked = opened.content();
    Account.requireOwn(own, asked.personId(), asked.sessionId());
    final UUID id = UUID.randomUUID();
    final Runnable store =
        factors.proveNewPasskey(
            site, own.holder(), asked.challenge(), credentialJson, id, name.strip());
    return changes.changeAndRotate(
        own,
        () -> {
          ceremonies.spend(opened);
          if (rows.listPasskeys(own.personId()).size() >= MOST) {
            throw ProblemException.field("name", MOST + " passkeys at most: remove one first");
          }
          store.run();
          return new OwnChanges.Done<>(
              account.view(own), AuditType.PASSKEY_ADDED, details(id, name.strip()));
        });
  }

  /// @throws ProblemException `not_found`
  AccountView rename(OwnSession own, UUID id, String name) {
    return changes.change(
        own,
        () -> {
          final String before = getName(own, id);
          rows.renamePasskey(own.personId(), id, name.strip());
          return new OwnChanges.Done<>(
              account.view(own),
              AuditType.PASSKEY_RENAMED,
              details(id, before + " → " + name.strip()));
        });
  }

  /// @throws ProblemException `not_found` or `last_factor`
  OwnChanges.Renewed<AccountView> remove(OwnSession own, UUID id) {
    return changes.changeAndRotate(
        own,
        () -> {
          final String name = getName(own, id);
          rows.removePasskey(own.personId(), id);
          account.requireFactor(own);
          return new OwnChanges.Done<>(
              account.view(own), AuditType.PASSKEY_REMOVED, details(id, name));
        });
  }

  private String getName(OwnSession own, UUID id) {
    return rows.findPasskeyName(own.personId(), id)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no passkey with this id."));
  }

  private static Map<String, String> details(UUID id, String name) {
    return Map.of("passkey", id.toString(), "name", name);
  }
}
