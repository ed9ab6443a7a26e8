package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.database.Database;
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

/// Rows of tenants. Unless it says otherwise, a method runs inside the tenant's transaction of the
/// caller's.
@Component
final class TenantRepository {
  private final Database database;

  TenantRepository(Database database) {
    this.database = database;
  }

  /// A tenant's own row and how much is in it.
  ///
  /// @param hosts those that have not been removed
  record Tenant(
      UUID id,
      String name,
      String slug,
      Instant createdAt,
      @Nullable Instant deletedAt,
      @Nullable Instant purgeAt,
      long version,
      long people,
      long hosts,
      long groups) {
    boolean isDeleted() {
      return deletedAt != null;
    }
  }

  /// What whoever runs the installation sees of a tenant.
  record Summary(
      UUID id,
      String name,
      String slug,
      Instant createdAt,
      @Nullable Instant deletedAt,
      @Nullable Instant purgeAt,
      long people,
      long hosts) {
    static Summary of(Tenant tenant) {
      return new Summary(
          tenant.id(),
          tenant.name(),
          tenant.slug(),
          tenant.createdAt(),
          tenant.deletedAt(),
          tenant.purgeAt(),
          tenant.people(),
          tenant.hosts());
    }
  }

  /// Where a page begins: behind this tenant.
  record After(String name, UUID id) {}

  /// The tenant that the transaction named, deleted or not.
  Optional<Tenant> find() {
    return database
        .sql()
        .sql(
            """
            select t.tenant_id, t.name, t.slug, t.created_at, t.deleted_at, t.purge_at, t.version,
              (select count(*) from person) as people,
              (select count(*) from host where removed_at is null) as hosts,
              (select count(*) from host_group) as groups
            from tenant t
            """)
        .query((row, n) -> tenant(row))
        .optional();
  }

  /// False when another tenant has the slug.
  boolean create(UUID id, String name, String slug, Instant now) {
    return database
            .sql()
            .sql(
                """
                insert into tenant (tenant_id, name, slug, created_at) values (?, ?, ?, ?)
                on conflict on constraint tenant_slug_key do nothing
                """)
            .params(id, name, slug, at(now))
            .update()
        == 1;
  }

  /// False when somebody changed the tenant since that version.
  boolean rename(String name, long version) {
    return database
            .sql()
            .sql("update tenant set name = ?, version = version + 1 where version = ?")
            .params(name, version)
            .update()
        == 1;
  }

  /// Shuts the tenant: marks it and ends what could let somebody in. False when it was deleted.
  boolean delete(Instant now, Instant purgeAt) {
    final boolean marked =
        database
                .sql()
                .sql(
                    """
                    update tenant set deleted_at = ?, purge_at = ?, version = version + 1
                    where deleted_at is null
                    """)
                .params(at(now), at(purgeAt))
                .update()
            == 1;
    if (marked) {
      database.sql().sql("delete from session").update();
      database
          .sql()
          .sql(
              "update invitation set revoked_at = ? where accepted_at is null and revoked_at is null")
          .param(at(now))
          .update();
      database
          .sql()
          .sql(
              "update join_code set cancelled_at = ? where used_at is null and cancelled_at is null")
          .param(at(now))
          .update();
    }
    return marked;
  }

  /// False when there is nothing to restore, or its time is over.
  boolean restore(Instant now) {
    return database
            .sql()
            .sql(
                """
                update tenant set deleted_at = null, purge_at = null, version = version + 1
                where purge_at > ?
                """)
            .param(at(now))
            .update()
        == 1;
  }

  /// Ends the time in which a deleted tenant can be restored. False when it is not deleted.
  boolean endGrace(Instant now) {
    return database
            .sql()
            .sql("update tenant set purge_at = least(purge_at, ?) where deleted_at is not null")
            .param(at(now))
            .update()
        == 1;
  }

  /// A page by name, of all tenants; runs in no tenant's transaction.
  List<Summary> list(
      @Nullable String query, @Nullable String state, @Nullable After after, int limit) {
    return database
        .sql()
        .sql(
            """
            select tenant_id, name, slug, created_at, deleted_at, purge_at, people, hosts
            from list_tenant_summaries(cast(:query as text), cast(:state as text), cast(:name as text),
              cast(:id as uuid), :limit)
            """)
        .param("query", query)
        .param("state", state)
        .param("name", after == null ? null : after.name())
        .param("id", after == null ? null : after.id())
        .param("limit", limit)
        .query((row, n) -> summary(row))
        .list();
  }

  private static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        row.getObject("tenant_id", UUID.class),
        row.getString("name"),
        row.getString("slug"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "deleted_at"),
        instant(row, "purge_at"),
        row.getLong("version"),
        row.getLong("people"),
        row.getLong("hosts"),
        row.getLong("groups"));
  }

  private static Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        row.getObject("tenant_id", UUID.class),
        row.getString("name"),
        row.getString("slug"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "deleted_at"),
        instant(row, "purge_at"),
        row.getLong("people"),
        row.getLong("hosts"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
