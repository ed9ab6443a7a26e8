package dev.bulkhead.server.groups;

import dev.bulkhead.server.access.Scope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The scope in a row, with what its groups are at this moment.
///
/// @param form as it was given
/// @param view with the groups' names
/// @param scope the tags that it comes to
public record StoredScope(@Nullable ScopeForm form, @Nullable ScopeView view, Scope scope) {
  private static final StoredScope WHOLE = new StoredScope(null, null, Scope.whole());

  /// The columns that [#read] needs, of a table with `scope_tags` and `scope_groups`.
  ///
  /// @param table its name or alias in the statement
  public static String columns(String table) {
    return """
    %1$s.scope_tags,
      array(select g.id from host_group g where g.id = any(%1$s.scope_groups) order by lower(g.name)) as group_ids,
      array(select g.name from host_group g where g.id = any(%1$s.scope_groups) order by lower(g.name)) as group_names,
      array(select tag from host_group g, unnest(g.tags) tag where g.id = any(%1$s.scope_groups)) as group_tags\
    """
        .formatted(table);
  }

  /// Reads the columns of [#columns].
  public static StoredScope read(ResultSet row) throws SQLException {
    final Array scopeTags = row.getArray("scope_tags");
    if (scopeTags == null) {
      return WHOLE;
    }
    final List<String> tags = List.of((String[]) scopeTags.getArray());
    final List<UUID> ids = List.of((UUID[]) row.getArray("group_ids").getArray());
    final List<String> names = List.of((String[]) row.getArray("group_names").getArray());
    final Set<String> all = new HashSet<>(tags);
    all.addAll(List.of((String[]) row.getArray("group_tags").getArray()));
    return new StoredScope(
        new ScopeForm(tags, ids),
        new ScopeView(
            tags,
            IntStream.range(0, ids.size())
                .mapToObj(i -> new ScopeView.GroupName(ids.get(i), names.get(i)))
                .toList()),
        new Scope.Tagged(all));
  }
}
