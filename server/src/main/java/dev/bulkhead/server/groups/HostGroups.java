package dev.bulkhead.server.groups;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.PageCursor;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// Groups of hosts: a name for some tags, that scopes can be made of. Thread-safe.
@Component
final class HostGroups {
  private static final String COLUMNS =
      """
      select g.id, g.name, lower(g.name) as sort_key, g.tags, g.version, (
          select count(*) from host h where h.removed_at is null and h.tags && g.tags
            and (cast(:scope as text[]) is null or h.tags && cast(:scope as text[]))) as hosts
      from host_group g
      """;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  HostGroups(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// @param hosts how many of the asker's hosts are in it
  record Group(UUID id, String name, List<String> tags, long hosts, long version) {}

  record GroupPage(List<Group> items, @Nullable String nextCursor) {}

  private record Row(Group group, String sortKey) {}

  GroupPage list(SignedIn who, int limit, @Nullable String cursor) {
    final List<String> after = cursor == null ? List.of("", "") : PageCursor.parse(cursor, 2);
    final List<Row> rows =
        database.inTenant(
            who.tenantId(),
            () ->
                database
                    .sql()
                    .sql(
                        COLUMNS
                            + " where (lower(g.name), g.id::text) > (:name, :id) order by 3, g.id::text limit :limit")
                    .param("scope", tags(who.scope()))
                    .param("name", after.get(0))
                    .param("id", after.get(1))
                    .param("limit", limit + 1)
                    .query((row, n) -> row(row))
                    .list());
    final List<Row> shown = rows.subList(0, Math.min(rows.size(), limit));
    return new GroupPage(
        shown.stream().map(Row::group).toList(),
        rows.size() > limit
            ? PageCursor.of(shown.getLast().sortKey(), shown.getLast().group().id().toString())
            : null);
  }

  Group create(SignedIn who, String name, List<String> tags, String address) {
    final UUID id = UUID.randomUUID();
    return named(
        () ->
            audit.change(
                who.tenantId(),
                () -> {
                  database
                      .sql()
                      .sql("insert into host_group (tenant_id, id, name, tags) values (?, ?, ?, ?)")
                      .params(who.tenantId(), id, name, array(tags))
                      .update();
                  return recorded(who, AuditType.GROUP_CREATED, get(who, id), address);
                }));
  }

  /// @param seen the version that the caller changes, if it says so
  Group change(
      SignedIn who, UUID id, String name, List<String> tags, @Nullable Long seen, String address) {
    return named(
        () ->
            audit.change(
                who.tenantId(),
                () -> {
                  final Group before = lock(who, id);
                  if (seen != null && before.version() != seen) {
                    throw new ProblemException(
                        ProblemType.CHANGED_MEANWHILE,
                        "Load the group again and repeat your change.");
                  }
                  database
                      .sql()
                      .sql(
                          "update host_group set name = ?, tags = ?, version = version + 1 where id = ?")
                      .params(name, array(tags), id)
                      .update();
                  return recorded(who, AuditType.GROUP_CHANGED, get(who, id), address);
                }));
  }

  void remove(SignedIn who, UUID id, String address) {
    audit.change(
        who.tenantId(),
        () -> {
          final Group group = lock(who, id);
          final List<String> users = listUsers(id);
          if (!users.isEmpty()) {
            throw new ProblemException(
                ProblemType.GROUP_IN_USE, "In the scope of " + String.join(", ", users) + ".");
          }
          database.sql().sql("delete from host_group where id = ?").param(id).update();
          return recorded(who, AuditType.GROUP_REMOVED, group, address);
        });
  }

  private Group get(SignedIn who, UUID id) {
    return database
        .sql()
        .sql(COLUMNS + " where g.id = :id")
        .param("scope", tags(who.scope()))
        .param("id", id)
        .query((row, n) -> row(row))
        .optional()
        .map(Row::group)
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no group with this id."));
  }

  private Group lock(SignedIn who, UUID id) {
    database
        .sql()
        .sql("select id from host_group where id = ? for update")
        .param(id)
        .query(UUID.class)
        .optional();
    return get(who, id);
  }

  private List<String> listUsers(UUID group) {
    return database
        .sql()
        .sql(
            """
            select name from person where :group = any(scope_groups)
            union all
            select 'the service account ' || name from service_account where :group = any(scope_groups)
            union all
            select 'the invitation for ' || note from invitation
              where :group = any(scope_groups) and accepted_at is null and revoked_at is null and expires_at > :now
            order by 1
            """)
        .param("group", group)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query((row, n) -> row.getString(1))
        .list();
  }

  private static Group named(java.util.function.Supplier<Group> change) {
    try {
      return change.get();
    } catch (DuplicateKeyException taken) {
      throw new ProblemException(ProblemType.NAME_TAKEN, "Another group has this name.");
    }
  }

  private static AuditLog.Change<Group> recorded(
      SignedIn who, AuditType type, Group group, String address) {
    return new AuditLog.Change<>(
        group,
        AuditEvent.by(
            who,
            type,
            new AuditRecord.Subject("group", group.id().toString()),
            address,
            Map.of("name", group.name(), "tags", String.join(", ", group.tags()))));
  }

  private static String @Nullable [] tags(Scope scope) {
    return switch (scope) {
      case Scope.Whole whole -> null;
      case Scope.Tagged tagged -> tagged.tags().toArray(String[]::new);
    };
  }

  private static String[] array(List<String> tags) {
    return new TreeSet<>(tags).toArray(String[]::new);
  }

  private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Row(
        new Group(
            row.getObject("id", UUID.class),
            row.getString("name"),
            List.of((String[]) row.getArray("tags").getArray()),
            row.getLong("hosts"),
            row.getLong("version")),
        row.getString("sort_key"));
  }
}
