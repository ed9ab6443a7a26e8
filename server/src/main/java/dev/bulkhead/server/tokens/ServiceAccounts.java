package dev.bulkhead.server.tokens;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Accounts of programs: a role and a scope, and tokens as the only way to use them. Thread-safe.
@Component
final class ServiceAccounts {
  private final ServiceAccountRepository accounts;
  private final Scopes scopes;
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  ServiceAccounts(
      ServiceAccountRepository accounts,
      Scopes scopes,
      Database database,
      AuditLog audit,
      Clock clock) {
    this.accounts = accounts;
    this.scopes = scopes;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// What an account shall be; a scope of null is all hosts.
  ///
  /// @param role its code
  record Wanted(String name, String role, @Nullable ScopeForm scope) {}

  List<ServiceAccountRepository.Account> list(
      SignedIn who, @Nullable String text, @Nullable String after, int limit) {
    return database.inTenant(who.tenantId(), () -> accounts.list(text, after, limit));
  }

  /// @throws ProblemException `validation`, `beyond_own_role`, `name_taken`
  ServiceAccountRepository.Account create(SignedIn who, Wanted wanted, String address) {
    final UUID id = UUID.randomUUID();
    return audit.change(
        who.tenantId(),
        () -> {
          final Scopes.Granted granted = grant(who, wanted);
          if (!accounts.create(
              who.tenantId(),
              id,
              wanted.name(),
              granted.role(),
              granted.scope(),
              clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw nameTaken();
          }
          return done(who, AuditType.SERVICE_ACCOUNT_CREATED, id, address);
        });
  }

  /// @param version what the caller saw; null when they do not care
  /// @throws ProblemException as [#create], `not_found`, `changed_meanwhile`
  ServiceAccountRepository.Account change(
      SignedIn who, UUID id, Wanted wanted, @Nullable Long version, String address) {
    return audit.change(
        who.tenantId(),
        () -> {
          final ServiceAccountRepository.Account before = getChangeable(who, id);
          if (version != null && version != before.version()) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE,
                "Load the service account again and repeat your change.");
          }
          final Scopes.Granted granted = grant(who, wanted);
          if (accounts.isTaken(wanted.name(), id)) {
            throw nameTaken();
          }
          accounts.change(id, wanted.name(), granted.role(), granted.scope());
          accounts.revokeInvitations(id, clock.instant());
          return done(who, AuditType.SERVICE_ACCOUNT_CHANGED, id, address);
        });
  }

  /// Removes an account and its tokens.
  ///
  /// @throws ProblemException `not_found`, `beyond_own_role`
  void remove(SignedIn who, UUID id, String address) {
    audit.change(
        who.tenantId(),
        () -> {
          final ServiceAccountRepository.Account before = getChangeable(who, id);
          accounts.remove(id);
          accounts.revokeInvitations(id, clock.instant());
          return new AuditLog.Change<>(
              id, event(who, AuditType.SERVICE_ACCOUNT_REMOVED, before, address));
        });
  }

  private AuditLog.Change<ServiceAccountRepository.Account> done(
      SignedIn who, AuditType type, UUID id, String address) {
    final ServiceAccountRepository.Account after = accounts.get(id).orElseThrow();
    return new AuditLog.Change<>(after, event(who, type, after, address));
  }

  private ServiceAccountRepository.Account getChangeable(SignedIn who, UUID id) {
    final ServiceAccountRepository.Account account =
        accounts
            .lock(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such service account."));
    Scopes.requireMayGive(who, account.role(), account.scope().scope());
    return account;
  }

  private Scopes.Granted grant(SignedIn who, Wanted wanted) {
    if (wanted.role().equals(Role.OWNER.code())) {
      throw ProblemException.field(
          "role", "a service account is an admin at most: owners are people");
    }
    return scopes.grant(who, wanted.role(), wanted.scope());
  }

  private static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "A service account with this name already exists in this tenant.");
  }

  private static AuditEvent event(
      SignedIn who, AuditType type, ServiceAccountRepository.Account account, String address) {
    return AuditEvent.by(
        who,
        type,
        new AuditRecord.Subject("service_account", account.id().toString()),
        address,
        Map.of(
            "name", account.name(),
            "role", account.role().code(),
            "scope", ScopeForm.describe(account.scope().form()),
            "tokens", Integer.toString(account.tokens())));
  }
}
