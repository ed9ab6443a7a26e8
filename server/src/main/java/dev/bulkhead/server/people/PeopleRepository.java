package dev.bulkhead.server.people;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.groups.StoredScope;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of people as those who look after them see them. Every method runs inside a tenant's
/// transaction of the caller's.
@Component
final class PeopleRepository {
  private static final String COLUMNS =
      "select p.id, p.name, lower(p.name) as sort_key, p.role, p.platform, p.suspended_at, p.created_at, "
          + "p.last_sign_in_at, p.version, "
          + StoredScope.columns("p")
          + """
            ,
              array(select 'totp' from totp_factor f where f.person_id = p.id
                union all (select 'passkey' from passkey k where k.person_id = p.id limit 1)) as factors,
              (select count(*) from session s where s.person_id = p.id and s.expires_at > :now
                and s.last_seen_at > :idleSince) as sessions
            from person p
            """;

  private final Database database;

  PeopleRepository(Database database) {
    this.database = database;
  }

  /// @param sortKey where it stands in a list
  record Row(
      UUID id,
      String name,
      String sortKey,
      Role role,
      StoredScope scope,
      boolean platform,
      @Nullable Instant suspendedAt,
      Instant createdAt,
      @Nullable Instant lastSignInAt,
      List<String> factors,
      int sessions,
      long version) {

    /// Whether they count as an owner who is there.
    boolean isActiveOwner() {
      return role == Role.OWNER && suspendedAt == null;
    }

    /// Whether they count as somebody who runs the installation.
    boolean isActivePlatform() {
      return platform && suspendedAt == null;
    }
  }

  /// What a list is asked for.
  ///
  /// @param text part of a name
  /// @param suspended null for both
  record Query(@Nullable String text, @Nullable Role role, @Nullable Boolean suspended) {}

  /// @param after sort key and id of the row before
  List<Row> list(Query query, List<String> after, int limit, Instant now) {
    final String text = query.text();
    final Role role = query.role();
    return statement(
            COLUMNS
                + """
                where (lower(p.name), p.id::text) > (:name, :id)
                  and (cast(:text as text) is null or position(lower(:text) in lower(p.name)) > 0)
                  and (cast(:role as text) is null or p.role = :role)
                  and (cast(:suspended as boolean) is null or (p.suspended_at is not null) = :suspended)
                order by lower(p.name), p.id::text limit :limit
                """,
            now)
        .param("name", after.get(0))
        .param("id", after.get(1))
        .param("text", text == null || text.isBlank() ? null : text.strip())
        .param("role", role == null ? null : role.code())
        .param("suspended", query.suspended())
        .param("limit", limit)
        .query((row, n) -> row(row))
        .list();
  }

  Optional<Row> find(UUID id, Instant now) {
    return statement(COLUMNS + " where p.id = :id", now)
        .param("id", id)
        .query((row, n) -> row(row))
        .optional();
  }

  /// Locks, in one order for all, whoever counts when somebody's standing changes: the person, the
  /// one who changes it, the owners and those who run the installation. The lock is a statement of
  /// its own, because one that waited sees other rows as they were before.
  void lockWith(UUID person, UUID who) {
    database
        .sql()
        .sql(
            """
            select id from person where id in (?, ?) or role = 'owner' or platform order by id for update
            """)
        .params(person, who)
        .query(UUID.class)
        .list();
  }

  boolean hasOtherActiveOwner(UUID person) {
    return exists("role = 'owner'", person);
  }

  boolean hasOtherActivePlatform(UUID person) {
    return exists("platform", person);
  }

  private boolean exists(String condition, UUID except) {
    return database
        .sql()
        .sql(
            "select exists (select from person where id <> ? and suspended_at is null and "
                + condition
                + ")")
        .param(except)
        .query(Boolean.class)
        .single();
  }

  void grant(UUID id, Scopes.Granted granted) {
    database
        .sql()
        .sql(
            """
            update person set role = :role, scope_tags = cast(:tags as text[]),
              scope_groups = cast(:groups as uuid[]), version = version + 1 where id = :id
            """)
        .param("role", granted.role().code())
        .param("tags", ScopeForm.tagsOf(granted.scope()))
        .param("groups", ScopeForm.groupsOf(granted.scope()))
        .param("id", id)
        .update();
  }

  void setPlatform(UUID id, boolean platform) {
    database
        .sql()
        .sql("update person set platform = ?, version = version + 1 where id = ?")
        .params(platform, id)
        .update();
  }

  void suspend(UUID id, Instant now) {
    database
        .sql()
        .sql("update person set suspended_at = ?, version = version + 1 where id = ?")
        .params(at(now), id)
        .update();
  }

  void resume(UUID id) {
    database
        .sql()
        .sql("update person set suspended_at = null, version = version + 1 where id = ?")
        .param(id)
        .update();
  }

  /// Removes a person with their factors, codes, sessions and the name that they signed in under.
  void remove(UUID id) {
    database.sql().sql("delete from person where id = ?").param(id).update();
  }

  private JdbcClient.StatementSpec statement(String sql, Instant now) {
    return database
        .sql()
        .sql(sql)
        .param("now", at(now))
        .param("idleSince", at(now.minus(Sessions.IDLE)));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("sort_key"),
        Role.ofCode(row.getString("role")),
        StoredScope.read(row),
        row.getBoolean("platform"),
        instant(row, "suspended_at"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "last_sign_in_at"),
        List.of((String[]) row.getArray("factors").getArray()),
        row.getInt("sessions"),
        row.getLong("version"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
