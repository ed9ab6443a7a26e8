package dev.bulkhead.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that tests turn by hand.
public final class HandClock implements InstantSource {
  private volatile Instant now;

  public HandClock(Instant start) {
    this.now = start;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
