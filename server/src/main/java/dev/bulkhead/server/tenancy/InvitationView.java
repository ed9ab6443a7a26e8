package dev.bulkhead.server.tenancy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// WIRING POINT: dev.bulkhead.server.identity.InvitationView takes this one's place.
/// An invitation as the API shows it; never its code.
record InvitationView(
    UUID id,
    String note,
    String role,
    @Nullable String scope,
    String createdByName,
    Instant createdAt,
    Instant expiresAt,
    String state,
    @Nullable Instant acceptedAt,
    @Nullable String acceptedByName) {}
