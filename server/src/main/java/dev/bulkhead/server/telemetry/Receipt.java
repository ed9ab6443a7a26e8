package dev.bulkhead.server.telemetry;

/// What became of a batch once it is durable. A sample that was stored before counts as stored.
///
/// @param stored samples that are on disk
/// @param refusedSeries samples of series beyond the host's limit
/// @param refusedTime samples too old or too far in the future by the server's clock
public record Receipt(int stored, int refusedSeries, int refusedTime) {}
