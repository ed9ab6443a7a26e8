package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Who is behind an API token. The row is read on every request, with its owner and its tenant, so
/// that disabling, removing, expiring, suspending and deleting hold on every node from the moment
/// when they are committed. Thread-safe.
@Component
public final class ApiTokens {
  private static final String SCHEME = "Bearer ";

  private final TokenRepository tokens;
  private final Database database;
  private final SecretHashes hashes;
  private final DeniedAttempts denied;
  private final Clock clock;

  ApiTokens(
      TokenRepository tokens,
      Database database,
      SecretHashes hashes,
      DeniedAttempts denied,
      Clock clock) {
    this.tokens = tokens;
    this.database = database;
    this.hashes = hashes;
    this.denied = denied;
    this.clock = clock;
  }

  /// What a token opens.
  public sealed interface Outcome {
    record Opened(SignedIn who) implements Outcome {}

    /// Nothing, for a reason that the caller is not told.
    record Refused() implements Outcome {}

    /// Nothing was looked at; ask again later.
    record NotNow(Duration retryAfter) implements Outcome {}
  }

  /// Whether an `Authorization` header claims to be an API token.
  public static boolean isClaimed(String authorization) {
    return authorization.startsWith(SCHEME + TokenValue.PREFIX);
  }

  /// Looks up a token that [#isClaimed].
  ///
  /// @param address where the request came from
  public Outcome open(String authorization, String address) {
    return TokenValue.parse(authorization.substring(SCHEME.length()))
        .map(value -> open(value, address))
        .orElseGet(() -> refuse("malformed", address));
  }

  /// Whether a token that opened a request still opens the same: it is neither removed nor disabled
  /// nor expired, and neither it nor its owner nor the owner's scope has changed.
  public boolean stands(SignedIn who, Credential.ApiToken token) {
    return tokens
        .find(token.id())
        .filter(found -> found.refusal(clock.instant()).isEmpty())
        .filter(found -> found.signedIn().equals(who))
        .isPresent();
  }

  /// Keeps a token as it is until the tenant's transaction ends.
  public void hold(Credential.ApiToken token) {
    tokens.hold(token.id());
  }

  private Outcome open(TokenValue value, String address) {
    final Optional<FoundToken> found = tokens.find(value.id());
    final SecretHashes.Verdict verdict =
        hashes.verify(value.id(), value.secret(), found.map(FoundToken::secretHash));
    return switch (verdict) {
      case SecretHashes.Verdict.NotNow(Duration retryAfter) -> {
        denied.count(AuditType.TOKEN_REFUSED, "too_many", address);
        yield new Outcome.NotNow(retryAfter);
      }
      case SecretHashes.Verdict.Wrong() -> refuse(found.isEmpty() ? "unknown" : "wrong", address);
      case SecretHashes.Verdict.Right(boolean outdated) ->
          use(found.orElseThrow(), value, outdated, address);
    };
  }

  private Outcome use(FoundToken token, TokenValue value, boolean outdated, String address) {
    final Instant now = clock.instant();
    final Optional<String> refusal = token.refusal(address, now);
    if (refusal.isPresent()) {
      return refuse(refusal.get(), address);
    }
    if (outdated) {
      hashes.hash(value.secret()).ifPresent(stronger -> rehash(token, stronger));
    }
    if (token.isUseNews(now)) {
      database.inTenant(token.tenantId(), () -> tokens.noteUse(token.id(), now, address));
    }
    return new Outcome.Opened(token.signedIn());
  }

  private void rehash(FoundToken token, String stronger) {
    database.inTenant(
        token.tenantId(), () -> tokens.rehash(token.id(), token.secretHash(), stronger));
  }

  private Outcome refuse(String reason, String address) {
    denied.count(AuditType.TOKEN_REFUSED, reason, address);
    return new Outcome.Refused();
  }
}
