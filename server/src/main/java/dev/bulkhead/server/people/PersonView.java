package dev.bulkhead.server.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.groups.ScopeView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person as the API shows them.
///
/// @param scope the hosts that the role is about; null for every host
/// @param platform whether they also run the installation
/// @param state `active` or `suspended`
/// @param factors `totp`, `passkey`
/// @param sessions how many are live
/// @param isSelf whether it is the asker
/// @param changeable whether the asker may change them
record PersonView(
    UUID id,
    String name,
    String role,
    @Nullable ScopeView scope,
    boolean platform,
    String state,
    @Nullable Instant suspendedAt,
    Instant createdAt,
    @Nullable Instant lastSignInAt,
    List<String> factors,
    int sessions,
    long version,
    @JsonProperty("isSelf") boolean isSelf,
    boolean changeable) {

  static PersonView of(PeopleRepository.Row row, SignedIn who) {
    final boolean self = row.id().equals(who.personId());
    return new PersonView(
        row.id(),
        row.name(),
        row.role().code(),
        row.scope().view(),
        row.platform(),
        row.suspendedAt() == null ? "active" : "suspended",
        row.suspendedAt(),
        row.createdAt(),
        row.lastSignInAt(),
        row.factors(),
        row.sessions(),
        row.version(),
        self,
        !self && who.may(Permission.PEOPLE_CHANGE) && who.mayGive(row.role(), row.scope().scope()));
  }
}
