package dev.bulkhead.server.identity;

import dev.bulkhead.server.groups.ScopeView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invitation as the API shows it; never its code.
///
/// @param note for whom it is meant, in the words of whoever made it
/// @param scope the hosts that the role will be about; null for every host
/// @param state `open`, `accepted`, `expired` or `revoked`
/// @param acceptedByName the name that the person has now; null when they are gone
public record InvitationView(
    UUID id,
    String note,
    String role,
    @Nullable ScopeView scope,
    String createdByName,
    Instant createdAt,
    Instant expiresAt,
    String state,
    @Nullable Instant acceptedAt,
    @Nullable String acceptedByName) {}
