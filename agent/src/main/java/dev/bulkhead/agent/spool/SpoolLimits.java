package dev.bulkhead.agent.spool;

import java.time.Duration;

/// How much a spool keeps.
///
/// @param maxBytes on disk, in all segments; the oldest segment goes first
/// @param maxAge older samples are dropped
/// @param segmentBytes when the next segment is begun
/// @param memoryBytes kept in memory while the disk takes nothing
public record SpoolLimits(long maxBytes, Duration maxAge, int segmentBytes, int memoryBytes) {

  /// 64 MiB, 24 hours, segments of 1 MiB, 1 MiB in memory.
  public static final SpoolLimits DEFAULT =
      new SpoolLimits(64L << 20, Duration.ofHours(24), 1 << 20, 1 << 20);

  /// Checks that a segment fits.
  ///
  /// @throws IllegalArgumentException when it does not
  public SpoolLimits {
    if (segmentBytes < 1024 || maxBytes < 2L * segmentBytes || memoryBytes < 1024) {
      throw new IllegalArgumentException("a spool holds at least two segments of 1 KiB");
    }
  }
}
