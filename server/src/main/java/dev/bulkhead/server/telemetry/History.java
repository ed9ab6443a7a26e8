package dev.bulkhead.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a metric of a host went over a range of time: one line per series, by key.
///
/// @param unit as the host sent it, UCUM; empty when nothing is known
/// @param from the first bucket's begin, aligned to the step
/// @param to the end, exclusive
/// @param step width of a bucket
public record History(
    String metric, String unit, Instant from, Instant to, Duration step, List<Line> lines) {
  public History {
    lines = List.copyOf(lines);
  }

  /// One series; buckets without a sample are absent.
  public record Line(Series series, List<Point> points) {
    public Line {
      points = List.copyOf(points);
    }
  }

  /// One bucket.
  ///
  /// @param epochMillis its begin
  public record Point(long epochMillis, double average, double minimum, double maximum) {}
}
