package dev.bulkhead.server.tokens;

import dev.bulkhead.server.access.Credential.ApiToken.Owner;
import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.database.Database;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Rows of API tokens. All but [#find] run inside a tenant's transaction.
@Component
final class TokenRepository {
  private static final String COLUMNS =
      """
      select k.id, k.name, k.person_id is null as is_service, coalesce(p.id, a.id) as owner_id,
        coalesce(p.name, a.name) as owner_name, coalesce(p.role, a.role) as owner_role,
        coalesce(p.scope_tags, a.scope_tags) as scope_tags,
        array(select tag from host_group g, unnest(g.tags) tag
          where g.id = any(coalesce(p.scope_groups, a.scope_groups))) as group_tags,
        k.scopes, k.networks, k.created_at, k.expires_at, k.disabled_at, k.last_used_at, k.last_used_address, k.version
      from api_token k
        left join person p on p.tenant_id = k.tenant_id and p.id = k.person_id
        left join service_account a on a.tenant_id = k.tenant_id and a.id = k.service_account_id
      """;

  private final Database database;

  TokenRepository(Database database) {
    this.database = database;
  }

  /// A token as lists show it.
  record Row(
      UUID id,
      String name,
      Owner owner,
      UUID ownerId,
      String ownerName,
      Role ownerRole,
      Scope ownerScope,
      List<Permission> scopes,
      List<Network> networks,
      Instant createdAt,
      @Nullable Instant expiresAt,
      boolean disabled,
      @Nullable Instant lastUsedAt,
      @Nullable String lastUsedAddress,
      long version) {}

  /// A token that is about to be.
  ///
  /// @param madeBy the token that made it, null when a person did
  record New(
      UUID tenantId,
      UUID id,
      String name,
      Owner owner,
      UUID ownerId,
      String secretHash,
      Set<Permission> scopes,
      Set<Network> networks,
      @Nullable UUID madeBy,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  /// The token of an id, whosever it is.
  Optional<FoundToken> find(UUID id) {
    return database
        .sql()
        .sql("select * from find_api_token(?)")
        .param(id)
        .query((row, n) -> found(id, row))
        .optional();
  }

  Optional<Row> get(UUID id) {
    return database
        .sql()
        .sql(COLUMNS + " where k.id = ?")
        .param(id)
        .query((row, n) -> row(row))
        .optional();
  }

  /// A page in the order of names, ignoring case.
  ///
  /// @param owner whose tokens; null for everybody's
  /// @param text part of the token's or its owner's name
  /// @param after the name that the page follows
  List<Row> list(@Nullable UUID owner, @Nullable String text, @Nullable String after, int limit) {
    return database
        .sql()
        .sql(
            COLUMNS
                + """
                where (cast(:owner as uuid) is null or coalesce(k.person_id, k.service_account_id) = :owner)
                  and (cast(:text as text) is null or position(lower(:text) in lower(k.name)) > 0
                    or position(lower(:text) in lower(coalesce(p.name, a.name))) > 0)
                  and (cast(:after as text) is null or lower(k.name) > lower(:after))
                order by lower(k.name) limit :limit
                """)
        .param("owner", owner)
        .param("text", text)
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> row(row))
        .list();
  }

  /// False when the tenant has a token of this name.
  boolean create(New token) {
    return database
            .sql()
            .sql(
                """
                insert into api_token (tenant_id, id, name, person_id, service_account_id, secret_hash, scopes, networks,
                  made_by, created_at, expires_at)
                values (:tenant, :id, :name, :person, :service, :hash, :scopes, :networks, :madeBy, :now, :expiresAt)
                on conflict (tenant_id, lower(name)) do nothing
                """)
            .param("tenant", token.tenantId())
            .param("id", token.id())
            .param("name", token.name())
            .param("person", token.owner() == Owner.PERSON ? token.ownerId() : null)
            .param("service", token.owner() == Owner.SERVICE ? token.ownerId() : null)
            .param("hash", token.secretHash())
            .param("scopes", codes(token.scopes()))
            .param("networks", strings(token.networks()))
            .param("madeBy", token.madeBy())
            .param("now", at(token.createdAt()))
            .param("expiresAt", token.expiresAt() == null ? null : at(token.expiresAt()))
            .update()
        == 1;
  }

  /// Locks a token, so that what hangs on it can be changed with it.
  ///
  /// @return whether it is there and not disabled
  boolean lock(UUID id) {
    return database
        .sql()
        .sql("select disabled_at is null from api_token where id = ? for update")
        .param(id)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /// Holds a token as it is.
  void hold(UUID id) {
    database
        .sql()
        .sql("select id from api_token where id = ? for share")
        .param(id)
        .query(UUID.class)
        .optional();
  }

  /// Whether another token of the tenant has the name.
  boolean isTaken(String name, UUID id) {
    return database
        .sql()
        .sql("select exists (select from api_token where lower(name) = lower(?) and id <> ?)")
        .params(name, id)
        .query(Boolean.class)
        .single();
  }

  void change(UUID id, String name, Set<Network> networks) {
    database
        .sql()
        .sql("update api_token set name = ?, networks = ?, version = version + 1 where id = ?")
        .params(name, strings(networks), id)
        .update();
  }

  void enable(UUID id) {
    database.sql().sql("update api_token set disabled_at = null where id = ?").param(id).update();
  }

  /// Disables a token and every token that it made, and that those made.
  void disable(UUID id, Instant now) {
    database
        .sql()
        .sql(
            """
            with recursive family as (
              select id from api_token where id = :id
              union select k.id from api_token k join family f on k.made_by = f.id)
            update api_token k set disabled_at = :now, version = version + 1
              from family f where k.id = f.id and k.disabled_at is null
            """)
        .param("id", id)
        .param("now", at(now))
        .update();
  }

  /// Removes a token and every token that it made.
  void remove(UUID id) {
    database.sql().sql("delete from api_token where id = ?").param(id).update();
  }

  /// Notes a use, once a minute at most, however many requests come together.
  int noteUse(UUID id, Instant now, String address) {
    return database
        .sql()
        .sql(
            """
            update api_token set last_used_at = :now, last_used_address = :address
            where id = :id and (last_used_at is null or last_used_at <= :now - interval '1 minute')
            """)
        .param("now", at(now))
        .param("address", address)
        .param("id", id)
        .update();
  }

  /// Replaces a hash by a stronger one of the same secret.
  int rehash(UUID id, String before, String after) {
    return database
        .sql()
        .sql("update api_token set secret_hash = ? where id = ? and secret_hash = ?")
        .params(after, id, before)
        .update();
  }

  private static FoundToken found(UUID id, ResultSet row) throws SQLException {
    return new FoundToken(
        id,
        row.getObject("tenant_id", UUID.class),
        row.getString("tenant_name"),
        owner(row),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"),
        Role.ofCode(row.getString("owner_role")),
        scope(row.getArray("scope_tags"), row.getArray("group_tags")),
        row.getBoolean("platform"),
        row.getBoolean("owner_stands"),
        row.getString("secret_hash"),
        Set.copyOf(permissions(row.getArray("scopes"))),
        Set.copyOf(networks(row.getArray("networks"))),
        instant(row, "expires_at"),
        row.getBoolean("disabled"),
        instant(row, "last_used_at"),
        row.getString("stamp"));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("name"),
        owner(row),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"),
        Role.ofCode(row.getString("owner_role")),
        scope(row.getArray("scope_tags"), row.getArray("group_tags")),
        permissions(row.getArray("scopes")),
        networks(row.getArray("networks")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        row.getObject("disabled_at") != null,
        instant(row, "last_used_at"),
        row.getString("last_used_address"),
        row.getLong("version"));
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return row.getBoolean("is_service") ? Owner.SERVICE : Owner.PERSON;
  }

  static Scope scope(@Nullable Array tags, Array groupTags) throws SQLException {
    if (tags == null) {
      return Scope.whole();
    }
    final Set<String> all = new HashSet<>(List.of((String[]) tags.getArray()));
    all.addAll(List.of((String[]) groupTags.getArray()));
    return new Scope.Tagged(all);
  }

  // A permission that is no more, in a row of an older release, allows nothing.
  private static List<Permission> permissions(Array codes) throws SQLException {
    final Set<String> known = Set.of((String[]) codes.getArray());
    return Stream.of(Permission.values())
        .filter(permission -> known.contains(permission.code()))
        .toList();
  }

  private static List<Network> networks(Array texts) throws SQLException {
    return Stream.of((String[]) texts.getArray()).map(Network::parse).toList();
  }

  private static String[] codes(Set<Permission> scopes) {
    return scopes.stream().map(Permission::code).sorted().toArray(String[]::new);
  }

  private static String[] strings(Set<Network> networks) {
    return networks.stream()
        .map(Network::toString)
        .collect(Collectors.toCollection(java.util.TreeSet::new))
        .toArray(String[]::new);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    final OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
