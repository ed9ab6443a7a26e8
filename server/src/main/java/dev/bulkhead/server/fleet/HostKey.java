package dev.bulkhead.server.fleet;

import java.util.UUID;

/// Names one host of one tenant.
public record HostKey(UUID tenant, UUID host) {}
