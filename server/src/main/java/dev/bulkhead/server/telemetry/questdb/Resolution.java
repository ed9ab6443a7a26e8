package dev.bulkhead.server.telemetry.questdb;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which source and step answer a range of time.
///
/// @param stepSeconds a multiple of the source's
record Resolution(Source source, long stepSeconds) {
  static final int MAX_POINTS = 2_000;

  static Resolution of(Instant now, Instant from, Instant to, @Nullable Duration wanted) {
    var range = Duration.between(from, to);
    if (range.isNegative() || range.isZero()) {
      throw new IllegalArgumentException("the range is empty");
    }
    if (wanted != null && wanted.toSeconds() < 1) {
      throw new IllegalArgumentException("the step is shorter than a second");
    }
    var step = wanted == null ? stepFor(range) : wanted.toSeconds();
    var fewest = Math.ceilDiv(range.toSeconds() + 1, MAX_POINTS);
    step = Math.max(step, fewest);
    var source = Source.SAMPLES;
    for (var candidate : Source.values()) {
      var expired = from.isBefore(now.minus(source.retention()));
      if (candidate.seconds() <= step || expired) {
        source = candidate;
      }
    }
    return new Resolution(source, Math.ceilDiv(step, source.seconds()) * source.seconds());
  }

  private static long stepFor(Duration range) {
    if (range.compareTo(Duration.ofHours(2)) <= 0) {
      return 10;
    }
    if (range.compareTo(Duration.ofDays(2)) <= 0) {
      return 60;
    }
    return range.compareTo(Duration.ofDays(14)) <= 0 ? 900 : 3600;
  }
}
