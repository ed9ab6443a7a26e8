package dev.bulkhead.server.telemetry;

import java.util.List;

/// What one message of a host carried: at most [#MAX_SAMPLES] measurements, in the order sent.
public record Batch(List<Sample> samples) {
  public static final int MAX_SAMPLES = 20_000;

  public Batch {
    samples = List.copyOf(samples);
    if (samples.size() > MAX_SAMPLES) {
      throw new IllegalArgumentException("more than " + MAX_SAMPLES + " samples");
    }
  }
}
