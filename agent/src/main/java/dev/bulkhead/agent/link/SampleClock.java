package dev.bulkhead.agent.link;

import java.time.Duration;

/// Times for samples: the wall clock's, but never one that a stored sample has.
///
/// - When the wall clock stands before the last sample (it was set back), time goes on at half its
///   speed until the wall clock has caught up: after a step of ten minutes, in twenty.
/// - When the last sample is more than an hour past the wall clock, which the server would refuse,
///   time begins anew at the wall clock, if that time is free: it lies before all that this clock
///   gave since its last step forward (or since it began), or the step back undoes that step
///   forward. It never begins before the last time that was given ahead of that step. Otherwise,
///   half speed.
/// - Of an earlier process only the last time is known; it counts unless it is more than an hour
///   past the wall clock.
///
/// What was given while the clock was more than an hour ahead counts as refused: it is not kept
/// out of the way when the wall clock gets there. Not thread-safe.
public final class SampleClock {

  /// How far ahead of its own clock the server takes samples.
  static final Duration MAX_AHEAD = Duration.ofHours(1);

  /// How well a step back must fit a step forward to be its correction.
  private static final Duration FIT = Duration.ofMinutes(10);

  private final long earlierMillis;
  private long lastMillis;
  private long lastNanos;
  private boolean begun;
  // The last time before the latest step forward; what follows, from beginMillis, came after it.
  private long beforeStep;
  private long beginMillis;
  private long stepMillis;

  /// Begins behind the last sample of an earlier process.
  ///
  /// @param lastMillis its time, or 0
  public SampleClock(long lastMillis) {
    this.earlierMillis = lastMillis;
    this.lastMillis = lastMillis;
  }

  /// The time of a sample that is taken now.
  ///
  /// @param wallMillis the wall clock, milliseconds since 1970
  /// @param nanos the monotonic clock
  public long next(long wallMillis, long nanos) {
    long elapsed = begun ? Math.max(0, (nanos - lastNanos) / 1_000_000) : 0;
    long jump = wallMillis - lastMillis - elapsed;
    long time;
    if (wallMillis > lastMillis) {
      time = wallMillis;
      if (begun && jump > MAX_AHEAD.toMillis()) {
        beforeStep = lastMillis;
        beginMillis = time;
        stepMillis = jump;
      }
    } else if (-jump > MAX_AHEAD.toMillis() && isFree(wallMillis, -jump)) {
      time = Math.max(wallMillis, used(wallMillis) + 1);
      beginMillis = time;
      stepMillis = 0;
    } else {
      time = lastMillis + Math.max(1, elapsed / 2);
    }
    if (!begun) {
      begun = true;
      beginMillis = time;
    }
    lastMillis = time;
    lastNanos = nanos;
    return time;
  }

  private boolean isFree(long wallMillis, long back) {
    boolean undone = stepMillis > 0 && Math.abs(back - stepMillis) <= FIT.toMillis();
    return !begun || undone || wallMillis < beginMillis;
  }

  private long used(long wallMillis) {
    boolean counts = earlierMillis - wallMillis <= MAX_AHEAD.toMillis();
    return Math.max(beforeStep, counts ? earlierMillis : 0);
  }
}
