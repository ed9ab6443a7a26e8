package dev.bulkhead.server.telemetry.questdb;

import java.util.UUID;

/// A host, which exists only within its tenant.
record HostKey(UUID tenant, UUID host) {}
