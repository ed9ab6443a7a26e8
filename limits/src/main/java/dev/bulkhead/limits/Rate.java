package dev.bulkhead.limits;

import java.time.Duration;

/// So many in a window, all of them at once if need be; what was taken comes back evenly over the
/// window.
///
/// @param allowed how many, 1 to 1,000,000,000
/// @param window in which time, 1 ms to 32 days, and at least a nanosecond for each that is allowed
public record Rate(long allowed, Duration window) {
  private static final long MAX_ALLOWED = 1_000_000_000;
  private static final Duration MIN_WINDOW = Duration.ofMillis(1);
  private static final Duration MAX_WINDOW = Duration.ofDays(32);

  public Rate {
    if (allowed < 1 || allowed > MAX_ALLOWED) {
      throw new IllegalArgumentException("allowed must be 1 to " + MAX_ALLOWED + ": " + allowed);
    }
    if (window.compareTo(MIN_WINDOW) < 0 || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("the window must be 1 ms to 32 days: " + window);
    }
    if (window.toNanos() < allowed) {
      throw new IllegalArgumentException("the window is too short for " + allowed);
    }
  }

  public static Rate perMinute(long allowed) {
    return new Rate(allowed, Duration.ofMinutes(1));
  }

  // Rounded up: a limit may be stricter by a nanosecond, never laxer.
  long nanosEach() {
    return Math.ceilDiv(window.toNanos(), allowed);
  }
}
