package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final int SAMPLES = 2_000;

  @Test
  void doubles_its_bound_up_to_thirty_seconds() {
    List<Long> bounds = IntStream.range(0, 9).mapToObj(BackoffTest::greatestWaitAfter).toList();

    assertThat(bounds.get(0)).isBetween(450L, 500L);
    assertThat(bounds.get(1)).isBetween(900L, 1_000L);
    assertThat(bounds.get(4)).isBetween(7_200L, 8_000L);
    assertThat(bounds.get(6)).isBetween(27_000L, 30_000L);
    assertThat(bounds.get(8)).isBetween(27_000L, 30_000L);
  }

  @Test
  void spreads_waits_down_to_nothing() {
    var random = new Random(7);

    long least =
        IntStream.range(0, SAMPLES)
            .mapToLong(i -> new Backoff(random).next(Duration.ZERO).toMillis())
            .min()
            .orElseThrow();

    assertThat(least).isLessThan(20);
  }

  @Test
  void begins_anew_after_a_minute_of_life() {
    var backoff = new Backoff(new Random(7));
    for (int i = 0; i < 10; i++) {
      backoff.next(Duration.ZERO);
    }

    Duration wait = backoff.next(Duration.ofSeconds(60));

    assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  private static long greatestWaitAfter(int failures) {
    var random = new Random(42);
    return IntStream.range(0, SAMPLES)
        .mapToLong(
            i -> {
              var backoff = new Backoff(random);
              for (int f = 0; f < failures; f++) {
                backoff.next(Duration.ZERO);
              }
              return backoff.next(Duration.ZERO).toMillis();
            })
        .max()
        .orElseThrow();
  }
}
