package dev.bulkhead.server.telemetry;

/// One measurement.
///
/// @param epochMicros when it was measured by the host's clock, microseconds since 1970 UTC
/// @param value finite; a sum's value is cumulative
public record Sample(Series series, long epochMicros, double value) {
  public Sample {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value is not finite");
    }
  }
}
