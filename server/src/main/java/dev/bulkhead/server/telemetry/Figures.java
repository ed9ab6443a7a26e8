package dev.bulkhead.server.telemetry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The few numbers by which a list of hosts is read. What is not known is null.
///
/// @param cpu share of all cores in use, 0 to 1
/// @param memory share of memory in use, 0 to 1
/// @param disk share in use of the fullest file system, 0 to 1
/// @param load1 load average of one minute
/// @param networkReceive bytes a second over all interfaces but loopback
/// @param networkTransmit bytes a second over all interfaces but loopback
/// @param bootedAt when the host started, by its own clock
/// @param epochMillis when the newest of them was measured
/// @param cpuSpark averages of up to 30 minutes, oldest first, the present one last
/// @param memorySpark likewise
public record Figures(
    @Nullable Double cpu,
    @Nullable Double memory,
    @Nullable Double disk,
    @Nullable Double load1,
    @Nullable Double networkReceive,
    @Nullable Double networkTransmit,
    @Nullable Instant bootedAt,
    long epochMillis,
    List<@Nullable Double> cpuSpark,
    List<@Nullable Double> memorySpark) {}
