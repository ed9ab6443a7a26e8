package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacingTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  @Test
  void backoff_staysBelowABoundThatDoublesToAMinute_andUsesAllOfIt() {
    for (int attempt = 0; attempt < 10; attempt++) {
      long bound = Math.min(60_000, 1_000L << attempt);
      long least = Long.MAX_VALUE;
      long most = 0;
      for (int seed = 0; seed < 300; seed++) {
        Backoff backoff = new Backoff(new Random(seed * 7919L));
        Duration wait = backoff.next();
        for (int i = 0; i < attempt; i++) {
          wait = backoff.next();
        }
        least = Math.min(least, wait.toMillis());
        most = Math.max(most, wait.toMillis());
      }

      assertThat(least).as("attempt %d", attempt).isBetween(0L, bound / 10);
      assertThat(most).as("attempt %d", attempt).isBetween(bound * 9 / 10, bound);
    }
  }

  @Test
  void backoff_beginsAnew_afterReset() {
    Backoff backoff = new Backoff(new Random(1));
    for (int i = 0; i < 20; i++) {
      backoff.next();
    }

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void backoff_staysShort_whenTheServerIsReachedByLoopbackAlone() {
    LinkAddress near = new LinkAddress("127.0.0.1", 7443);
    LinkAddress far = new LinkAddress("bulkhead.example", 7443);

    assertThat(longest(Backoff.of(List.of(near), new Random(1)))).isBetween(4_000L, 5_000L);
    assertThat(longest(Backoff.of(List.of(near, far), new Random(1)))).isGreaterThan(50_000);
  }

  private static long longest(Backoff backoff) {
    long most = 0;
    for (int i = 0; i < 200; i++) {
      most = Math.max(most, backoff.next().toMillis());
    }
    return most;
  }

  @Test
  void sampleClock_followsTheWallClock_andNeverRepeatsATime() {
    SampleClock clock = new SampleClock(0);

    assertThat(clock.next(1_000_000, SECOND)).isEqualTo(1_000_000);
    assertThat(clock.next(1_001_000, 2 * SECOND)).isEqualTo(1_001_000);
    assertThat(clock.next(1_001_000, 2 * SECOND)).isEqualTo(1_001_001);
  }

  @Test
  void sampleClock_goesOnAtHalfSpeed_afterAStepBack_untilItIsRightAgain() {
    SampleClock clock = new SampleClock(0);
    long wall = 1_000_000_000;
    long last = clock.next(wall, 0);
    wall -= 60_000;
    int seconds = 0;
    while (last > wall) {
      seconds++;
      wall += 1_000;
      long time = clock.next(wall, seconds * SECOND);
      assertThat(time).isGreaterThan(last);
      last = time;
    }

    assertThat(seconds).isBetween(118, 122);
    assertThat(last).isEqualTo(wall);
  }

  @Test
  void sampleClock_beginsBehindAnEarlierProcess() {
    SampleClock clock = new SampleClock(5_000_000);

    assertThat(clock.next(4_000_000, SECOND)).isEqualTo(5_000_001);
  }

  @Test
  void sampleClock_isRightAtOnce_whenAStepForwardIsCorrected_howeverLate() {
    for (long hoursAhead : new long[] {1, 48}) {
      SampleClock clock = new SampleClock(0);
      long wall = 1_000_000_000;
      long nanos = SECOND;
      long before = clock.next(wall, nanos);
      long last = before;
      for (long hour = 0; hour <= hoursAhead; hour++) {
        last = clock.next(wall + DAY + hour * HOUR, nanos + hour * 3_600 * SECOND);
      }
      assertThat(last).isEqualTo(before + DAY + hoursAhead * HOUR);

      wall += hoursAhead * HOUR + 10_000;
      nanos += hoursAhead * 3_600 * SECOND + 10 * SECOND;

      assertThat(clock.next(wall, nanos)).isEqualTo(wall).isGreaterThan(before);
      assertThat(clock.next(wall, nanos)).isEqualTo(wall + 1);
    }
  }

  @Test
  void sampleClock_neverGoesBehindWhatItGaveBeforeTheStepForward() {
    SampleClock clock = new SampleClock(0);
    long before = clock.next(1_000_000_000, SECOND);
    clock.next(before + DAY, 2 * SECOND);

    assertThat(clock.next(before - 60_000, 3 * SECOND)).isEqualTo(before + 1);
    assertThat(clock.next(before - 50_000, 13 * SECOND)).isEqualTo(before + 5_001);
  }

  @Test
  void sampleClock_usesNoTimeTwice_whenAClockThatWasRightIsSetBackByHours() {
    SampleClock clock = new SampleClock(0);
    long last = 0;
    for (int hour = 0; hour <= 6; hour++) {
      last = clock.next(1_000_000_000 + hour * HOUR, SECOND + hour * 3_600L * SECOND);
    }

    long back = clock.next(last - 3 * HOUR, SECOND + (6 * 3_600 + 10) * SECOND);

    assertThat(back).isEqualTo(last + 5_000);
  }

  @Test
  void sampleClock_beginsAtTheWallClock_whenAnEarlierProcessWasMoreThanAnHourAhead() {
    long wall = 1_000_000_000;

    assertThat(new SampleClock(wall + HOUR).next(wall, SECOND)).isEqualTo(wall + HOUR + 1);
    SampleClock clock = new SampleClock(wall + HOUR + 1);
    assertThat(clock.next(wall, SECOND)).isEqualTo(wall);
    assertThat(clock.next(wall + 1_000, 2 * SECOND)).isEqualTo(wall + 1_000);
  }

  @Test
  void sampleClock_isRightAtOnce_whenItBeganWithAWrongClock() {
    long wall = 1_000_000_000;
    for (long earlier : new long[] {0, wall - 5_000, wall + DAY - 5_000}) {
      SampleClock clock = new SampleClock(earlier);
      assertThat(clock.next(wall + DAY, SECOND)).isEqualTo(wall + DAY);

      assertThat(clock.next(wall + 1_000, 2 * SECOND)).isEqualTo(wall + 1_000);
    }
  }

  @Test
  void sampleRate_goesBackByItself_halfAMinuteAfterTheLastMessage() {
    SampleRate rate = new SampleRate();
    assertThat(rate.at(0)).isEqualTo(SampleInterval.NORMAL);

    rate.set(SampleInterval.FAST, 0);
    rate.set(SampleInterval.FAST, 20 * SECOND);

    assertThat(rate.at(49 * SECOND)).isEqualTo(SampleInterval.FAST);
    assertThat(rate.at(50 * SECOND)).isEqualTo(SampleInterval.NORMAL);
    assertThat(rate.at(51 * SECOND)).isEqualTo(SampleInterval.NORMAL);
  }

  @Test
  void sampleRate_goesBackAtOnce_whenTheServerSaysSo() {
    SampleRate rate = new SampleRate();
    rate.set(SampleInterval.FAST, 0);

    rate.set(SampleInterval.NORMAL, SECOND);

    assertThat(rate.at(SECOND)).isEqualTo(SampleInterval.NORMAL);
  }

  @Test
  void clockWatch_seesJumpsBothWays_andNoDrift() {
    ClockWatch watch = new ClockWatch(Duration.ofSeconds(2));

    assertThat(watch.jump(1_000_000, 0)).isZero();
    assertThat(watch.jump(1_010_500, 10 * SECOND)).isZero();
    assertThat(watch.jump(4_620_500, 20 * SECOND)).isEqualTo(Duration.ofHours(1));
    assertThat(watch.jump(4_630_500, 30 * SECOND)).isZero();
    assertThat(watch.jump(4_600_500, 40 * SECOND)).isEqualTo(Duration.ofSeconds(-40));
  }
}
