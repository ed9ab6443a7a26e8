package dev.bulkhead.server.tokens;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Credential.ApiToken.Owner;
import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes, changes and removes API tokens. Nobody makes a token that may more than they may
/// themselves, and a token makes none that outlives it or leaves its networks. Thread-safe.
@Component
final class Tokens {
  private final TokenRepository tokens;
  private final ServiceAccountRepository accounts;
  private final Database database;
  private final AuditLog audit;
  private final SecretHashes hashes;
  private final Keys keys;
  private final Clock clock;

  Tokens(
      TokenRepository tokens,
      ServiceAccountRepository accounts,
      Database database,
      AuditLog audit,
      SecretHashes hashes,
      Keys keys,
      Clock clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.database = database;
    this.audit = audit;
    this.hashes = hashes;
    this.keys = keys;
    this.clock = clock;
  }

  /// What a token is wanted for.
  ///
  /// @param days until it ends; null for never, or as long as the token that makes it
  /// @param serviceAccount whose it shall be; null for the asker's own
  record Wanted(
      String name,
      Set<Permission> scopes,
      Set<Network> networks,
      @Nullable Integer days,
      @Nullable UUID serviceAccount) {}

  /// A token and its value, which nobody can read again.
  record Made(TokenRepository.Row token, TokenValue value) {}

  /// The asker's own tokens, or the tenant's when they manage them.
  List<TokenRepository.Row> list(
      SignedIn who, @Nullable String text, @Nullable String after, int limit) {
    final UUID owner = who.may(Permission.TOKENS_MANAGE) ? null : who.personId();
    return database.inTenant(who.tenantId(), () -> tokens.list(owner, text, after, limit));
  }

  /// @throws ProblemException `validation`, `beyond_own_role`, `name_taken`, `not_found`,
  ///     `forbidden`, `rate_limited`
  Made create(SignedIn who, Wanted wanted, String address) {
    checkOwnsTokens(who, wanted.serviceAccount());
    checkScopes(who, wanted.scopes());
    final Set<Network> networks = TokenBounds.networks(who, wanted.networks());
    final Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    final @Nullable Instant expiresAt = TokenBounds.expiry(who, wanted.days(), now);
    final TokenValue value = TokenValue.of(UUID.randomUUID(), keys.random(TokenValue.SECRET_BYTES));
    // Hashed before the transaction: it takes long, and nothing should be locked meanwhile.
    final String hash =
        hashes
            .hash(value.secret())
            .orElseThrow(
                () ->
                    ProblemException.limited(
                        ProblemType.RATE_LIMITED,
                        "Many tokens are being checked just now. Try again.",
                        Duration.ofSeconds(1)));
    return audit.change(
        who.tenantId(),
        () -> {
          final @Nullable UUID madeBy = lockMaker(who);
          final Owner owner = wanted.serviceAccount() == null ? ownerOf(who) : Owner.SERVICE;
          final UUID ownerId =
              wanted.serviceAccount() == null ? who.personId() : wanted.serviceAccount();
          if (wanted.serviceAccount() != null) {
            checkServiceAccount(who, wanted.serviceAccount(), wanted.scopes());
          }
          final boolean created =
              tokens.create(
                  new TokenRepository.New(
                      who.tenantId(),
                      value.id(),
                      wanted.name(),
                      owner,
                      ownerId,
                      hash,
                      wanted.scopes(),
                      networks,
                      madeBy,
                      now,
                      expiresAt));
          if (!created) {
            throw nameTaken();
          }
          final TokenRepository.Row row = tokens.get(value.id()).orElseThrow();
          return new AuditLog.Change<>(
              new Made(row, value), event(who, AuditType.TOKEN_CREATED, row, address));
        });
  }

  /// Renames a token, switches it off or on, sets where it may be used from. A token that is
  /// switched off takes those along that it made.
  ///
  /// @param version what the caller saw; null when they do not care
  /// @throws ProblemException `not_found`, `beyond_own_role`, `name_taken`, `changed_meanwhile`
  TokenRepository.Row change(
      SignedIn who,
      UUID id,
      String name,
      boolean enabled,
      Set<Network> wantedNetworks,
      @Nullable Long version,
      String address) {
    final Set<Network> networks = TokenBounds.networks(who, wantedNetworks);
    return audit.change(
        who.tenantId(),
        () -> {
          tokens.lock(id);
          final TokenRepository.Row before = getChangeable(who, id);
          if (version != null && version != before.version()) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "Load the token again and repeat your change.");
          }
          if (tokens.isTaken(name, id)) {
            throw nameTaken();
          }
          tokens.change(id, name, networks);
          if (enabled && before.disabled() && who.credential() instanceof Credential.ApiToken) {
            throw beyondOwnRole("a person enables what was disabled");
          }
          if (enabled) {
            tokens.enable(id);
          } else {
            tokens.disable(id, clock.instant());
          }
          final TokenRepository.Row after = tokens.get(id).orElseThrow();
          return new AuditLog.Change<>(after, event(who, AuditType.TOKEN_CHANGED, after, address));
        });
  }

  /// Removes a token, and every token that it made.
  ///
  /// @throws ProblemException `not_found`, `beyond_own_role`
  void remove(SignedIn who, UUID id, String address) {
    audit.change(
        who.tenantId(),
        () -> {
          tokens.lock(id);
          final TokenRepository.Row before = getChangeable(who, id);
          tokens.remove(id);
          return new AuditLog.Change<>(id, event(who, AuditType.TOKEN_REMOVED, before, address));
        });
  }

  private TokenRepository.Row getChangeable(SignedIn who, UUID id) {
    final TokenRepository.Row row =
        tokens
            .get(id)
            .filter(token -> isOwn(who, token) || who.may(Permission.TOKENS_MANAGE))
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such token."));
    if (!isOwn(who, row)) {
      Scopes.requireMayGive(who, row.ownerRole(), row.ownerScope());
    }
    // A token has no say over one that may do more than itself, its owner's others included.
    if (who.credential() instanceof Credential.ApiToken token
        && !token.scopes().containsAll(row.scopes())) {
      throw beyondOwnRole("that token may do more than this one");
    }
    return row;
  }

  private static ProblemException beyondOwnRole(String why) {
    return ProblemException.denied(
        ProblemType.BEYOND_OWN_ROLE, "Not by a token: " + why + ".", "beyond_own_role");
  }

  private static boolean isOwn(SignedIn who, TokenRepository.Row token) {
    return token.ownerId().equals(who.personId());
  }

  private static void checkOwnsTokens(SignedIn who, @Nullable UUID serviceAccount) {
    if (who.role() == Role.LOCAL) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "The local operator owns no tokens: sign in as a person, or use a person's token.");
    }
    if (serviceAccount != null && !who.may(Permission.TOKENS_MANAGE)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "An owner or an admin makes tokens for service accounts.");
    }
  }

  private static void checkScopes(SignedIn who, Set<Permission> scopes) {
    for (Permission scope : scopes) {
      if (!scope.isForTokens()) {
        throw ProblemException.field("scopes", scope.code() + " cannot be given to a token");
      }
      if (!who.may(scope)) {
        throw ProblemException.denied(
            ProblemType.BEYOND_OWN_ROLE,
            "You may not do this yourself: " + scope.code() + ".",
            "beyond_own_role");
      }
    }
  }

  private void checkServiceAccount(SignedIn who, UUID id, Set<Permission> scopes) {
    final ServiceAccountRepository.Account account =
        accounts
            .hold(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such service account."));
    Scopes.requireMayGive(who, account.role(), account.scope().scope());
    for (Permission scope : scopes) {
      if (!scope.isWithin(account.role(), account.scope().scope())) {
        throw ProblemException.field(
            "scopes", "the service account may not do this itself: " + scope.code());
      }
    }
  }

  // The maker's row is locked, so that it cannot end between this look and the new token.
  private @Nullable UUID lockMaker(SignedIn who) {
    if (!(who.credential() instanceof Credential.ApiToken maker)) {
      return null;
    }
    if (!tokens.lock(maker.id())) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in first.");
    }
    return maker.id();
  }

  private static Owner ownerOf(SignedIn who) {
    return who.credential() instanceof Credential.ApiToken token ? token.owner() : Owner.PERSON;
  }

  private static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "A token with this name already exists in this tenant.");
  }

  private static AuditEvent event(
      SignedIn who, AuditType type, TokenRepository.Row token, String address) {
    final Map<String, String> details = new TreeMap<>();
    details.put("name", token.name());
    details.put("owner", token.ownerId().toString());
    details.put("ownerName", token.ownerName());
    details.put("enabled", Boolean.toString(!token.disabled()));
    details.put(
        "scopes", token.scopes().stream().map(Permission::code).collect(Collectors.joining(" ")));
    details.put(
        "networks",
        token.networks().stream().map(Network::toString).collect(Collectors.joining(" ")));
    details.put("expiresAt", token.expiresAt() == null ? "never" : token.expiresAt().toString());
    return AuditEvent.by(
        who, type, new AuditRecord.Subject("token", token.id().toString()), address, details);
  }
}
