package dev.bulkhead.server.identity;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Proofs of identity that take more than one request. What the server must remember in between
/// travels as a sealed token that the browser holds: a flood of half-done attempts writes nothing
/// anywhere. A finished one is noted, so that no token is used twice. Thread-safe.
@Component
public final class Ceremonies {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Keys keys;
  private final Database database;
  private final Clock clock;

  Ceremonies(Keys keys, Database database, Clock clock) {
    this.keys = keys;
    this.database = database;
    this.clock = clock;
  }

  /// An opened token.
  public record Opened<T>(UUID id, Instant expiresAt, T content) {}

  private record Envelope(UUID id, long expiresAt, String content) {}

  /// A token that holds this for so long. Its class is its kind.
  public String seal(Object content, Duration life) {
    final Envelope envelope =
        new Envelope(
            UUID.randomUUID(),
            clock.instant().plus(life).toEpochMilli(),
            JSON.writeValueAsString(content));
    final byte[] sealed = keys.seal(purpose(content.getClass()), JSON.writeValueAsBytes(envelope));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /// @throws ProblemException when the token is not one of this kind, or has expired
  public <T> Opened<T> open(String token, Class<T> kind) {
    final byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      throw expired();
    }
    final Envelope envelope =
        keys.open(purpose(kind), sealed)
            .map(bytes -> JSON.readValue(bytes, Envelope.class))
            .orElseThrow(Ceremonies::expired);
    final Instant expiresAt = Instant.ofEpochMilli(envelope.expiresAt());
    if (!clock.instant().isBefore(expiresAt)) {
      throw expired();
    }
    return new Opened<>(envelope.id(), expiresAt, JSON.readValue(envelope.content(), kind));
  }

  /// Notes, in the running transaction, that a ceremony is finished.
  ///
  /// @throws ProblemException when it was finished before
  public void spend(Opened<?> ceremony) {
    final int rows =
        database
            .sql()
            .sql("insert into spent_ceremony (id, expires_at) values (?, ?) on conflict do nothing")
            .params(ceremony.id(), ceremony.expiresAt().atOffset(ZoneOffset.UTC))
            .update();
    if (rows == 0) {
      throw expired();
    }
  }

  private static String purpose(Class<?> kind) {
    return "ceremony/" + kind.getName();
  }

  private static ProblemException expired() {
    return new ProblemException(ProblemType.CEREMONY_EXPIRED, "Begin again from the first step.");
  }
}
