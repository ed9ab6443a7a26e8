package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.groups.StoredScope;
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

/// Rows of invitations. Every method runs inside a tenant's transaction of the caller's.
@Component
final class InvitationRepository {
  private static final String COLUMNS =
      "select i.id, i.code_hmac, i.note, i.role, i.created_by_name, i.created_at, i.expires_at, i.accepted_at, "
          + "i.revoked_at, t.name as tenant_name, p.name as accepted_by_name, "
          + StoredScope.columns("i")
          + """
             from invitation i join tenant t using (tenant_id)
              left join person p on p.tenant_id = i.tenant_id and p.id = i.accepted_by
            """;

  private final Database database;

  InvitationRepository(Database database) {
    this.database = database;
  }

  /// An invitation's row.
  @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
  record Row(
      UUID id,
      byte[] codeHmac,
      String note,
      Role role,
      StoredScope scope,
      String createdByName,
      String tenantName,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant acceptedAt,
      @Nullable String acceptedByName,
      @Nullable Instant revokedAt) {

    boolean isOpen(Instant now) {
      return state(now).equals("open");
    }

    private String state(Instant now) {
      if (acceptedAt != null) {
        return "accepted";
      }
      if (revokedAt != null) {
        return "revoked";
      }
      return now.isBefore(expiresAt) ? "open" : "expired";
    }

    InvitationView view(Instant now) {
      return new InvitationView(
          id,
          note,
          role.code(),
          scope.view(),
          createdByName,
          createdAt,
          expiresAt,
          state(now),
          acceptedAt,
          acceptedByName);
    }
  }

  void create(
      UUID tenant,
      UUID id,
      byte[] codeHmac,
      String note,
      Scopes.Granted granted,
      SignedIn by,
      Instant now,
      Instant expiresAt) {
    database
        .sql()
        .sql(
            """
            insert into invitation (tenant_id, id, code_hmac, note, role, scope_tags, scope_groups, created_by,
              created_by_name, created_at, expires_at)
            values (:tenant, :id, :code, :note, :role, cast(:tags as text[]), cast(:groups as uuid[]), :by, :byName,
              :now, :expires)
            """)
        .param("tenant", tenant)
        .param("id", id)
        .param("code", codeHmac)
        .param("note", note)
        .param("role", granted.role().code())
        .param("tags", ScopeForm.tagsOf(granted.scope()))
        .param("groups", ScopeForm.groupsOf(granted.scope()))
        .param("by", by.personId())
        .param("byName", by.name())
        .param("now", at(now))
        .param("expires", at(expiresAt))
        .update();
  }

  /// An invitation of a tenant that has not been deleted.
  Optional<Row> find(UUID id) {
    return database
        .sql()
        .sql(COLUMNS + " where i.id = ? and t.deleted_at is null")
        .param(id)
        .query((row, n) -> row(row))
        .optional();
  }

  /// Locks it: of several who accept it at once, the others wait here and then see it accepted.
  Optional<Row> findAndLock(UUID id) {
    database
        .sql()
        .sql("select id from invitation where id = ? for update")
        .param(id)
        .query(UUID.class)
        .optional();
    return find(id);
  }

  /// The newest first, older than a moment and an id.
  List<Row> list(Instant before, UUID beforeId, int limit) {
    return database
        .sql()
        .sql(COLUMNS + " where (i.created_at, i.id) < (?, ?) order by 6 desc, 1 desc limit ?")
        .params(at(before), beforeId, limit)
        .query((row, n) -> row(row))
        .list();
  }

  int countOpen(Instant now) {
    return database
        .sql()
        .sql(
            "select count(*) from invitation where accepted_at is null and revoked_at is null and expires_at > ?")
        .param(at(now))
        .query(Integer.class)
        .single();
  }

  void revoke(UUID id, Instant now) {
    database
        .sql()
        .sql("update invitation set revoked_at = ? where id = ?")
        .params(at(now), id)
        .update();
  }

  /// Revokes what a person has given out and nobody took yet; answers how many those were.
  int revokeOpenOf(UUID person, Instant now) {
    return database
        .sql()
        .sql(
            """
            update invitation set revoked_at = :now
            where created_by = :person and accepted_at is null and revoked_at is null and expires_at > :now
            """)
        .param("now", at(now))
        .param("person", person)
        .update();
  }

  void accept(UUID id, UUID person, Instant now) {
    database
        .sql()
        .sql("update invitation set accepted_at = ?, accepted_by = ? where id = ?")
        .params(at(now), person, id)
        .update();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getBytes("code_hmac"),
        row.getString("note"),
        Role.ofCode(row.getString("role")),
        StoredScope.read(row),
        row.getString("created_by_name"),
        row.getString("tenant_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        instant(row, "accepted_at"),
        row.getString("accepted_by_name"),
        instant(row, "revoked_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
