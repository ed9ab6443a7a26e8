package dev.bulkhead.agent.spool;

/// How a spool is doing.
///
/// @param newest the last sequence that was put in
/// @param acknowledged the last one that the server has durably
/// @param bytes on disk
/// @param dropped samples that went because they were too old or too many
/// @param lost samples that neither disk nor memory could keep
/// @param onDisk whether the disk takes samples now
public record SpoolStatus(
    long newest, long acknowledged, long bytes, long dropped, long lost, boolean onDisk) {}
