package dev.bulkhead.server.account;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Sessions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// One person's rows, inside their tenant's transaction: each statement names the person, so that
/// another's id finds nothing. Thread-safe.
@Component
final class AccountRepository {
  private static final int MOST_SESSIONS = 500;

  private final Database database;

  AccountRepository(Database database) {
    this.database = database;
  }

  record Password(String hash, @Nullable Instant changedAt) {}

  record SessionRow(
      UUID id,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt,
      String address,
      String userAgent) {}

  Password getPassword(UUID person) {
    return database
        .sql()
        .sql("select password_hash, password_changed_at from person where id = ?")
        .param(person)
        .query((row, n) -> new Password(row.getString(1), findInstant(row, 2)))
        .single();
  }

  void changePassword(UUID person, String hash, Instant now) {
    database
        .sql()
        .sql("update person set password_hash = ?, password_changed_at = ? where id = ?")
        .params(hash, at(now), person)
        .update();
  }

  Optional<Instant> findTotpCreation(UUID person) {
    return database
        .sql()
        .sql("select created_at from totp_factor where person_id = ?")
        .param(person)
        .query((row, n) -> instant(row, 1))
        .optional();
  }

  boolean removeTotp(UUID person) {
    return database.sql().sql("delete from totp_factor where person_id = ?").param(person).update()
        == 1;
  }

  List<AccountView.PasskeyEntry> listPasskeys(UUID person) {
    return database
        .sql()
        .sql(
            """
            select id, name, created_at, last_used_at from passkey where person_id = ?
            order by created_at, id
            """)
        .param(person)
        .query(
            (row, n) ->
                new AccountView.PasskeyEntry(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    instant(row, 3),
                    findInstant(row, 4)))
        .list();
  }

  Optional<String> findPasskeyName(UUID person, UUID id) {
    return database
        .sql()
        .sql("select name from passkey where person_id = ? and id = ?")
        .params(person, id)
        .query(String.class)
        .optional();
  }

  void renamePasskey(UUID person, UUID id, String name) {
    database
        .sql()
        .sql("update passkey set name = ? where person_id = ? and id = ?")
        .params(name, person, id)
        .update();
  }

  void removePasskey(UUID person, UUID id) {
    database
        .sql()
        .sql("delete from passkey where person_id = ? and id = ?")
        .params(person, id)
        .update();
  }

  int countRecoveryCodes(UUID person) {
    return database
        .sql()
        .sql("select count(*) from recovery_code where person_id = ? and used_at is null")
        .param(person)
        .query(Integer.class)
        .single();
  }

  /// The live sessions, the last used first.
  List<SessionRow> listSessions(UUID person, Instant now) {
    return database
        .sql()
        .sql(
            """
            select id, created_at, last_seen_at, expires_at, remote_address, user_agent from session
            where person_id = ? and expires_at > ? and last_seen_at > ?
            order by last_seen_at desc, id limit ?
            """)
        .params(person, at(now), at(now.minus(Sessions.IDLE)), MOST_SESSIONS)
        .query(
            (row, n) ->
                new SessionRow(
                    row.getObject(1, UUID.class),
                    instant(row, 2),
                    instant(row, 3),
                    instant(row, 4),
                    row.getString(5),
                    row.getString(6)))
        .list();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant findInstant(ResultSet row, int column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
