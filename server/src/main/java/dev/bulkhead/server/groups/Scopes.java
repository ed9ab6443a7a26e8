package dev.bulkhead.server.groups;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Roles with scopes on their way into a row. Every method runs inside a tenant's transaction of
/// the caller's.
@Component
public final class Scopes {
  private static final String FIELD = "scope";

  private final Database database;

  Scopes(Database database) {
    this.database = database;
  }

  /// A role and the hosts that it is about, ready to be stored.
  ///
  /// @param scope null for every host
  public record Granted(Role role, @Nullable ScopeForm scope) {}

  /// Checks that somebody may give this role over these hosts. The groups stay until the
  /// transaction ends.
  ///
  /// @param role its code
  /// @throws ProblemException `validation`, or `beyond_own_role`
  public Granted grant(SignedIn who, String role, @Nullable ScopeForm scope) {
    final Role known =
        Role.findOfPeople(role)
            .orElseThrow(
                () ->
                    ProblemException.field(
                        "role",
                        "choose one of "
                            + String.join(
                                ", ", Role.ofPeople().stream().map(Role::code).toList())));
    if (known == Role.OWNER && scope != null) {
      throw ProblemException.field(FIELD, "an owner's role is about every host");
    }
    requireMayGive(who, known, resolve(scope));
    return new Granted(known, scope == null ? null : scope.sorted());
  }

  /// Checks that somebody may give, or take, what somebody else has.
  ///
  /// @throws ProblemException `beyond_own_role`
  public static void requireMayGive(SignedIn who, Role role, Scope scope) {
    if (!who.mayGive(role, scope)) {
      throw ProblemException.denied(
          ProblemType.BEYOND_OWN_ROLE,
          "Your own role and its hosts must cover the other's: " + role.code() + ".",
          "beyond_own_role");
    }
  }

  private Scope resolve(@Nullable ScopeForm scope) {
    if (scope == null) {
      return Scope.whole();
    }
    if (scope.tags().isEmpty() && scope.groups().isEmpty()) {
      throw ProblemException.field(FIELD, "name a tag or a group, or leave it out for every host");
    }
    final Set<String> tags = new HashSet<>(scope.tags());
    if (!scope.groups().isEmpty()) {
      tags.addAll(tagsOfGroups(scope));
    }
    return new Scope.Tagged(tags);
  }

  private List<String> tagsOfGroups(ScopeForm scope) {
    // Whoever removes a group waits here, and then sees that it is used.
    final List<List<String>> groups =
        database
            .sql()
            .sql("select tags from host_group where id = any(cast(? as uuid[])) for share")
            .param(ScopeForm.groupsOf(scope))
            .query((row, n) -> List.of((String[]) row.getArray(1).getArray()))
            .list();
    if (groups.size() != Set.copyOf(scope.groups()).size()) {
      throw ProblemException.field(FIELD, "names a group that does not exist");
    }
    return groups.stream().flatMap(List::stream).toList();
  }
}
