package dev.bulkhead.server.telemetry.questdb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/// The engine's time: microseconds since 1970 UTC.
final class Micros {
  private Micros() {}

  static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static int hour(long micros) {
    return (int) TimeUnit.MICROSECONDS.toHours(micros);
  }
}
