package dev.bulkhead.server.networks;

import dev.bulkhead.server.access.Network;
import java.time.Instant;
import java.util.UUID;

/// One line of a tenant's allowlist.
///
/// @param enabled a disabled one counts for nothing
/// @param version counts edits, for ETags
record AllowedNetwork(
    UUID id,
    Network network,
    String description,
    boolean enabled,
    String createdByName,
    Instant createdAt,
    long version) {}
