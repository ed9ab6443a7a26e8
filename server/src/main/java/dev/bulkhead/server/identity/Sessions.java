package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Sessions in the database. The cookie's value is 32 random bytes that only the browser knows.
/// Thread-safe.
@Component
public final class Sessions {
  /// How long a session lasts that nobody uses.
  public static final Duration IDLE = Duration.ofHours(4);
  static final Duration ABSOLUTE = Duration.ofHours(24);

  /// How long a proof of a factor is fresh.
  static final Duration FRESH = Duration.ofMinutes(10);

  private static final int TOKEN_BYTES = 32;
  private static final String PURPOSE = "session.id_hmac";
  private static final int USER_AGENT_LENGTH = 200;

  private final Database database;
  private final PersonRepository people;
  private final Keys keys;
  private final Clock clock;

  Sessions(Database database, PersonRepository people, Keys keys, Clock clock) {
    this.database = database;
    this.people = people;
    this.keys = keys;
    this.clock = clock;
  }

  /// A new session and the value of its cookie.
  record Opened(SignedIn signedIn, String cookie) {}

  private record Row(
      UUID tenantId, UUID id, UUID personId, Instant lastSeenAt, Instant expiresAt) {}

  /// Opens a session, inside the transaction that checked the factors.
  Opened open(PersonRepository.Person person, SignIn.Origin origin) {
    final byte[] token = keys.random(TOKEN_BYTES);
    final Instant now = clock.instant();
    final Row row =
        new Row(person.tenantId(), UUID.randomUUID(), person.id(), now, now.plus(ABSOLUTE));
    database
        .sql()
        .sql(
            """
            insert into session
              (tenant_id, id, id_hmac, person_id, created_at, last_seen_at, expires_at, fresh_until, remote_address,
               user_agent)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            row.tenantId(),
            row.id(),
            keys.hash(PURPOSE, token),
            row.personId(),
            at(now),
            at(now),
            at(row.expiresAt()),
            at(now.plus(FRESH)),
            origin.address(),
            origin
                .userAgent()
                .substring(0, Math.min(origin.userAgent().length(), USER_AGENT_LENGTH)))
        .update();
    people.noteSignIn(person.id(), now);
    return new Opened(signedIn(row, person), encode(token));
  }

  /// Whose session a cookie's value opens, if it is live.
  Optional<SignedIn> find(String cookie) {
    return hash(cookie)
        .flatMap(this::findRow)
        .flatMap(
            row ->
                database.inTenant(
                    row.tenantId(),
                    () -> people.findPerson(row.personId()).map(person -> signedIn(row, person))));
  }

  /// Ends a session, inside its tenant's transaction.
  void close(UUID id) {
    database.sql().sql("delete from session where id = ?").param(id).update();
  }

  /// Ends one session of a person, inside their tenant's transaction.
  ///
  /// @return whether there was one
  public boolean close(UUID person, UUID id) {
    return database
            .sql()
            .sql("delete from session where person_id = ? and id = ?")
            .params(person, id)
            .update()
        == 1;
  }

  /// Ends all sessions of a person, inside their tenant's transaction.
  ///
  /// @return how many there were
  public int closeAllOf(UUID person) {
    return database.sql().sql("delete from session where person_id = ?").param(person).update();
  }

  /// Ends all sessions of a person but one, inside their tenant's transaction.
  ///
  /// @return how many there were
  public int closeOthersOf(UUID person, UUID kept) {
    return database
        .sql()
        .sql("delete from session where person_id = ? and id <> ?")
        .params(person, kept)
        .update();
  }

  /// Keeps a session's person, and the session, as they are until the transaction ends.
  ///
  /// @throws ProblemException `unauthenticated` when the cookie opens the session no more
  public void hold(OwnSession own) {
    people.lockForChange(own.personId());
    final boolean stands =
        database
            .sql()
            .sql(
                "select id from session where id = ? and id_hmac = ? and expires_at > ? for update")
            .params(own.id(), hash(own.cookie()).orElseThrow(), at(clock.instant()))
            .query(UUID.class)
            .optional()
            .isPresent();
    if (!stands || people.findPerson(own.personId()).isEmpty()) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in again.");
    }
  }

  /// Gives a held session another cookie's value; the old one is dead when the transaction ends.
  public String rotate(OwnSession own) {
    final byte[] token = keys.random(TOKEN_BYTES);
    database
        .sql()
        .sql("update session set id_hmac = ? where id = ?")
        .params(keys.hash(PURPOSE, token), own.id())
        .update();
    return encode(token);
  }

  /// Notes that a held session's person proved a factor.
  ///
  /// @return how long that counts
  public Instant freshen(OwnSession own) {
    final Instant until = clock.instant().plus(FRESH);
    database
        .sql()
        .sql("update session set fresh_until = ? where id = ?")
        .params(at(until), own.id())
        .update();
    return until;
  }

  /// Removes what has expired.
  long purge() {
    return database
        .sql()
        .sql("select purge_expired(?, make_interval(secs => ?))")
        .params(at(clock.instant()), IDLE.toSeconds())
        .query(Long.class)
        .single();
  }

  private Optional<byte[]> hash(String cookie) {
    final byte[] token;
    try {
      token = Base64.getUrlDecoder().decode(cookie);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
    return token.length == TOKEN_BYTES ? Optional.of(keys.hash(PURPOSE, token)) : Optional.empty();
  }

  private static String encode(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private Optional<Row> findRow(byte[] hash) {
    return database
        .sql()
        .sql(
            "select tenant_id, id, person_id, last_seen_at, expires_at from find_session(?, ?, make_interval(secs => ?))")
        .params(hash, at(clock.instant()), IDLE.toSeconds())
        .query(
            (row, n) ->
                new Row(
                    row.getObject(1, UUID.class),
                    row.getObject(2, UUID.class),
                    row.getObject(3, UUID.class),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getObject(5, OffsetDateTime.class).toInstant()))
        .optional();
  }

  private static SignedIn signedIn(Row row, PersonRepository.Person person) {
    return new SignedIn(
        row.tenantId(),
        row.personId(),
        person.name(),
        person.tenantName(),
        person.role(),
        person.scope().scope(),
        person.platform(),
        new Credential.Session(row.id(), row.expiresAt(), row.lastSeenAt().plus(IDLE)));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
