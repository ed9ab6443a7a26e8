package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shows sessions to their own pages. Thread-safe.
@Component
final class SessionViews {
  private final Database database;
  private final PersonRepository people;

  SessionViews(Database database, PersonRepository people) {
    this.database = database;
    this.people = people;
  }

  SessionView of(SignedIn who, String csrfToken) {
    return new SessionView(
        csrfToken,
        new SessionView.Account(
            who.personId(),
            who.name(),
            who.tenantId(),
            who.tenantName(),
            who.role().code(),
            who.platform(),
            scope(who),
            who.permissions().stream().map(Permission::code).toList()),
        who.expiresAt(),
        who.idleExpiresAt());
  }

  private @Nullable ScopeView scope(SignedIn who) {
    return switch (who.scope()) {
      case Scope.Whole whole -> null;
      case Scope.Tagged tagged ->
          database
              .inTenant(who.tenantId(), () -> people.findPerson(who.personId()))
              .map(person -> person.scope().view())
              .orElseGet(() -> new ScopeView(List.copyOf(tagged.tags()), List.of()));
    };
  }
}
