package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
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

/// Rows of service accounts. Every method runs inside a tenant's transaction.
@Component
final class ServiceAccountRepository {
  private static final String COLUMNS =
      """
      select a.id, a.name, a.role, a.created_at, a.version,
        (select count(*) from api_token k where k.service_account_id = a.id) as tokens, %s
      from service_account a
      """
          .formatted(StoredScope.columns("a"));

  private final Database database;

  ServiceAccountRepository(Database database) {
    this.database = database;
  }

  /// A service account.
  ///
  /// @param scope the hosts that the role is about
  /// @param tokens how many tokens it has
  record Account(
      UUID id,
      String name,
      Role role,
      StoredScope scope,
      Instant createdAt,
      int tokens,
      long version) {}

  Optional<Account> get(UUID id) {
    return database
        .sql()
        .sql(COLUMNS + " where a.id = ?")
        .param(id)
        .query((row, n) -> account(row))
        .optional();
  }

  /// The account, which stays until the transaction ends.
  Optional<Account> hold(UUID id) {
    return database
        .sql()
        .sql("select id from service_account where id = ? for share")
        .param(id)
        .query(UUID.class)
        .optional()
        .flatMap(this::get);
  }

  /// Locks an account for a change.
  Optional<Account> lock(UUID id) {
    return database
        .sql()
        .sql("select id from service_account where id = ? for update")
        .param(id)
        .query(UUID.class)
        .optional()
        .flatMap(this::get);
  }

  List<Account> list(@Nullable String text, @Nullable String after, int limit) {
    return database
        .sql()
        .sql(
            COLUMNS
                + """
                where (cast(:text as text) is null or position(lower(:text) in lower(a.name)) > 0)
                  and (cast(:after as text) is null or lower(a.name) > lower(:after))
                order by lower(a.name) limit :limit
                """)
        .param("text", text)
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> account(row))
        .list();
  }

  /// False when the tenant has one of this name.
  boolean create(
      UUID tenant, UUID id, String name, Role role, @Nullable ScopeForm scope, Instant now) {
    return database
            .sql()
            .sql(
                """
                insert into service_account (tenant_id, id, name, role, scope_tags, scope_groups, created_at)
                values (:tenant, :id, :name, :role, :tags, :groups, :now) on conflict (tenant_id, lower(name)) do nothing
                """)
            .param("tenant", tenant)
            .param("id", id)
            .param("name", name)
            .param("role", role.code())
            .param("tags", ScopeForm.tagsOf(scope))
            .param("groups", ScopeForm.groupsOf(scope))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  boolean isTaken(String name, UUID id) {
    return database
        .sql()
        .sql("select exists (select from service_account where lower(name) = lower(?) and id <> ?)")
        .params(name, id)
        .query(Boolean.class)
        .single();
  }

  void change(UUID id, String name, Role role, @Nullable ScopeForm scope) {
    database
        .sql()
        .sql(
            """
            update service_account
              set name = :name, role = :role, scope_tags = :tags, scope_groups = :groups, version = version + 1
              where id = :id
            """)
        .param("name", name)
        .param("role", role.code())
        .param("tags", ScopeForm.tagsOf(scope))
        .param("groups", ScopeForm.groupsOf(scope))
        .param("id", id)
        .update();
  }

  void remove(UUID id) {
    database.sql().sql("delete from service_account where id = ?").param(id).update();
  }

  /// Takes back what an account invited and nobody has used: no way in outlives it, or its role.
  void revokeInvitations(UUID account, Instant now) {
    database
        .sql()
        .sql(
            """
            update invitation set revoked_at = ?
            where created_by = ? and accepted_at is null and revoked_at is null
            """)
        .params(now.atOffset(ZoneOffset.UTC), account)
        .update();
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Role.ofCode(row.getString("role")),
        StoredScope.read(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("tokens"),
        row.getLong("version"));
  }
}
