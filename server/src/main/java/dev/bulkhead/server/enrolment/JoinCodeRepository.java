package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.server.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Rows of join codes; a deleted tenant has none. Every method runs inside a tenant's transaction
/// of the caller's.
@Component
final class JoinCodeRepository {
  private static final String COLUMNS =
      """
      select j.tenant_id, j.id, j.secret_hmac, j.tags, j.mode, j.protected_from_server, j.created_by, j.created_at,
        j.expires_at, j.used_at, j.cancelled_at, j.host_id, j.failure_cause, j.failure_at,
        h.name as host_name, h.device_fingerprint
      from join_code j join tenant t on t.tenant_id = j.tenant_id and t.deleted_at is null
        left join host h on h.tenant_id = j.tenant_id and h.id = j.host_id
      where j.id = ?
      """;

  private final Database database;

  JoinCodeRepository(Database database) {
    this.database = database;
  }

  /// A join code's row.
  @SuppressWarnings("ArrayRecordComponent") // read-only rows, compared by id alone
  record Row(
      UUID tenant,
      UUID id,
      byte[] secretHmac,
      List<String> tags,
      String mode,
      boolean protectedFromServer,
      UUID createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant usedAt,
      @Nullable Instant cancelledAt,
      JoinStatus.@Nullable JoinedHost host,
      JoinStatus.@Nullable Failure failure) {

    JoinStatus status(Instant now) {
      final JoinStatus.State state;
      if (host != null) {
        state = JoinStatus.State.JOINED;
      } else if (cancelledAt != null || !now.isBefore(expiresAt)) {
        state = JoinStatus.State.EXPIRED;
      } else {
        state = failure == null ? JoinStatus.State.WAITING : JoinStatus.State.FAILED;
      }
      return new JoinStatus(
          tenant,
          id,
          createdBy,
          state,
          host,
          state == JoinStatus.State.JOINED ? null : failure,
          expiresAt);
    }
  }

  void create(Row code) {
    database
        .sql()
        .sql(
            """
            insert into join_code (tenant_id, id, secret_hmac, tags, mode, protected_from_server, created_by,
              created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            code.tenant(),
            code.id(),
            code.secretHmac(),
            code.tags().toArray(String[]::new),
            code.mode(),
            code.protectedFromServer(),
            code.createdBy(),
            at(code.createdAt()),
            at(code.expiresAt()))
        .update();
  }

  Optional<Row> find(UUID id) {
    return database.sql().sql(COLUMNS).param(id).query((row, n) -> row(row)).optional();
  }

  /// Locks the code: of several who use it at once, the others wait here and then see it used. The
  /// lock is a statement of its own, because one that waited sees joined rows as they were before.
  Optional<Row> findAndLock(UUID id) {
    database
        .sql()
        .sql("select id from join_code where id = ? for update")
        .param(id)
        .query(UUID.class)
        .optional();
    return find(id);
  }

  int countOpen(Instant now) {
    return database
        .sql()
        .sql(
            """
            select count(*) from join_code where used_at is null and cancelled_at is null and expires_at > ?
            """)
        .param(at(now))
        .query(Integer.class)
        .single();
  }

  void markUsed(UUID id, UUID host, Instant now) {
    database
        .sql()
        .sql("update join_code set used_at = ?, host_id = ? where id = ?")
        .params(at(now), host, id)
        .update();
  }

  boolean cancel(UUID id, Instant now) {
    return database
            .sql()
            .sql(
                """
                update join_code set cancelled_at = ? where id = ? and used_at is null and cancelled_at is null
                """)
            .params(at(now), id)
            .update()
        == 1;
  }

  /// Notes a failed attempt.
  ///
  /// @return whether it says something new: another cause than before, or a minute later
  boolean noteFailure(UUID id, JoinFailure cause, Instant now) {
    return database
            .sql()
            .sql(
                """
                update join_code set failure_cause = :cause, failure_at = :now where id = :id and
                  (failure_cause is distinct from :cause or failure_at is null or failure_at <= :before)
                """)
            .param("cause", cause.code())
            .param("now", at(now))
            .param("id", id)
            .param("before", at(now.minus(Duration.ofMinutes(1))))
            .update()
        == 1;
  }

  private static Row row(ResultSet row) throws SQLException {
    final UUID host = row.getObject("host_id", UUID.class);
    final String cause = row.getString("failure_cause");
    final Instant failureAt = instant(row, "failure_at");
    return new Row(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getBytes("secret_hmac"),
        List.of((String[]) row.getArray("tags").getArray()),
        row.getString("mode"),
        row.getBoolean("protected_from_server"),
        row.getObject("created_by", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        instant(row, "used_at"),
        instant(row, "cancelled_at"),
        host == null
            ? null
            : new JoinStatus.JoinedHost(
                host,
                row.getString("host_name"),
                Sha256.of(row.getBytes("device_fingerprint")).toBase64Url()),
        cause == null || failureAt == null
            ? null
            : JoinFailure.ofCode(cause)
                .map(known -> new JoinStatus.Failure(known, failureAt))
                .orElse(null));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
