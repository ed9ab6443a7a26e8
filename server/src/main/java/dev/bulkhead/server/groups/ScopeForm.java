package dev.bulkhead.server.groups;

import dev.bulkhead.server.fleet.HostTag;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A scope as the API takes it and the database keeps it: hosts with one of these tags, or in one
/// of these groups. Where it is null, every host is meant.
public record ScopeForm(
    @NotNull @Size(max = ScopeForm.MAX) List<@NotNull @Pattern(regexp = HostTag.FORM, message = HostTag.ADVICE) String> tags,
    @NotNull @Size(max = ScopeForm.MAX) List<@NotNull UUID> groups) {
  static final int MAX = 32;

  /// Each tag and group once, in order.
  ScopeForm sorted() {
    return new ScopeForm(List.copyOf(new TreeSet<>(tags)), List.copyOf(new TreeSet<>(groups)));
  }

  /// Whether both mean the same hosts whatever becomes of groups.
  public static boolean same(@Nullable ScopeForm one, @Nullable ScopeForm other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return Set.copyOf(one.tags).equals(Set.copyOf(other.tags))
        && Set.copyOf(one.groups).equals(Set.copyOf(other.groups));
  }

  /// For the record, such as `tags env:prod; groups 0f…`.
  public static String describe(@Nullable ScopeForm scope) {
    if (scope == null) {
      return "every host";
    }
    final String tags = scope.tags.isEmpty() ? "" : "tags " + String.join(", ", scope.tags);
    final String groups =
        scope.groups.isEmpty()
            ? ""
            : "groups " + String.join(", ", scope.groups.stream().map(UUID::toString).toList());
    return tags + (tags.isEmpty() || groups.isEmpty() ? "" : "; ") + groups;
  }

  /// For a statement's parameter.
  public static String @Nullable [] tagsOf(@Nullable ScopeForm scope) {
    return scope == null ? null : scope.tags.toArray(String[]::new);
  }

  /// For a statement's parameter.
  public static UUID @Nullable [] groupsOf(@Nullable ScopeForm scope) {
    return scope == null ? null : scope.groups.toArray(UUID[]::new);
  }
}
