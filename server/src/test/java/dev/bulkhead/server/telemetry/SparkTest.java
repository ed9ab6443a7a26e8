package dev.bulkhead.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparkTest {
  private static final long MINUTE = 60_000;

  private final Spark spark = new Spark();

  @Test
  void averagesAMinute_andLeavesGaps() {
    spark.add(100 * MINUTE, 1);
    spark.add(100 * MINUTE + 10_000, 2);
    spark.add(102 * MINUTE, 5);

    assertThat(spark.list(102 * MINUTE)).containsExactly(1.5, null, 5.0);
  }

  @Test
  void fillsGapsOnly_withOlderMinutes() {
    spark.add(102 * MINUTE, 5);
    spark.add(100 * MINUTE, 1);
    spark.add(100 * MINUTE, 9);

    assertThat(spark.list(102 * MINUTE)).containsExactly(1.0, null, 5.0);
  }

  @Test
  void forgetsWhatIsOlderThanHalfAnHour() {
    for (var minute = 0; minute < 100; minute++) {
      spark.add(minute * MINUTE, minute);
    }

    assertThat(spark.list(99 * MINUTE)).hasSize(30).startsWith(70.0).endsWith(99.0);
    assertThat(spark.list(128 * MINUTE).getFirst()).isEqualTo(99.0);
    assertThat(spark.list(200 * MINUTE)).isEmpty();
  }
}
