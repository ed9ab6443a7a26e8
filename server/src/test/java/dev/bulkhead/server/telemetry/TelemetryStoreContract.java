package dev.bulkhead.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every telemetry engine must do; an engine's own test extends this.
public abstract class TelemetryStoreContract {
  protected static final Series CPU = new Series("system.cpu.utilization", "1", Map.of());
  protected static final Series CORE =
      new Series("system.cpu.utilization", "1", Map.of("cpu.logical_number", "0"));
  protected static final Series ROOT =
      new Series(
          "system.filesystem.usage",
          "By",
          Map.of("system.filesystem.mountpoint", "/a,b=c|d\\e", "system.device", "it's"));

  protected final UUID tenant = new UUID(1, 1);
  protected final UUID host = new UUID(2, 2);
  // An hour's begin: buckets of every width are aligned to it. Engines expire by the real clock.
  protected final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
  protected final HandClock clock = new HandClock(start.plus(Duration.ofHours(3)));
  protected TelemetryStore store;

  /// Opens a store, the same each time in one test.
  protected abstract TelemetryStore open();

  /// Waits until what was acknowledged can be read.
  protected abstract void awaitReadable();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void returnsHistory_whenSamplesWereAppended() throws Exception {
    append(tenant, host, at(CPU, 0, 0.1), at(CPU, 10, 0.2), at(CPU, 15, 0.4), at(CORE, 0, 0.9));
    awaitReadable();

    var history =
        store.history(tenant, host, "system.cpu.utilization", start, start.plusSeconds(3600), null);

    assertThat(history.unit()).isEqualTo("1");
    assertThat(history.step()).isEqualTo(Duration.ofSeconds(10));
    assertThat(history.lines()).extracting(History.Line::series).containsExactly(CPU, CORE);
    var points = history.lines().getFirst().points();
    assertThat(points)
        .extracting(History.Point::epochMillis)
        .containsExactly(start.toEpochMilli(), start.plusSeconds(10).toEpochMilli());
    assertThat(points.get(1).average()).isCloseTo(0.3, within());
    assertThat(points.get(1).minimum()).isEqualTo(0.2);
    assertThat(points.get(1).maximum()).isEqualTo(0.4);
  }

  @Test
  void keepsOneRow_whenTheSameBatchIsSentAgain() throws Exception {
    var samples = new Sample[] {at(CPU, 0, 0.5), at(CORE, 0, 0.25), at(CPU, 1, 0.75)};

    for (var i = 0; i < 5; i++) {
      assertThat(append(tenant, host, samples)).isEqualTo(new Receipt(3, 0, 0));
    }
    awaitReadable();

    assertThat(countRows()).isEqualTo(3);
  }

  @Test
  void showsNothing_toAnotherTenantOrHost() throws Exception {
    append(tenant, host, at(CPU, 0, 0.5), now(ROOT, 5));
    var other = new UUID(1, 99);
    append(other, new UUID(9, 9), at(CPU, 0, 1), now(CPU, 1));
    awaitReadable();

    for (var wrong : List.of(Map.entry(other, host), Map.entry(tenant, new UUID(9, 9)))) {
      var to = start.plusSeconds(7200);
      assertThat(
              store
                  .history(wrong.getKey(), wrong.getValue(), CPU.metric(), start, to, null)
                  .lines())
          .isEmpty();
      assertThat(store.latest(wrong.getKey(), wrong.getValue())).isEmpty();
      assertThat(store.listMetrics(wrong.getKey(), wrong.getValue())).isEmpty();
    }
    var visited = new ArrayList<UUID>();
    store.visitMinutes(tenant, Set.of(CPU.metric()), start, (h, _, _, _) -> visited.add(h));
    assertThat(visited).containsOnly(host);
  }

  @Test
  void returnsLatestAndMetrics_byKey() throws Exception {
    append(tenant, host, now(ROOT, 41), now(CPU, 0.5));
    clock.advance(Duration.ofSeconds(10));
    append(tenant, host, now(CPU, 0.6));
    awaitReadable();

    assertThat(store.listMetrics(tenant, host)).containsExactly(CPU, ROOT);
    assertThat(store.latest(tenant, host))
        .extracting(Sample::series, Sample::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(CPU, 0.6),
            org.assertj.core.groups.Tuple.tuple(ROOT, 41.0));
  }

  @Test
  void refusesSamples_outsideItsTime() throws Exception {
    var old = new Sample(CPU, micros(clock.instant().minus(Duration.ofDays(7)).minusSeconds(1)), 1);
    var ahead =
        new Sample(CPU, micros(clock.instant().plus(Duration.ofHours(1)).plusSeconds(1)), 1);

    assertThat(append(tenant, host, old, ahead, now(CPU, 1))).isEqualTo(new Receipt(1, 0, 2));
    assertThat(store.health().refusedTime()).isEqualTo(2);
  }

  @Test
  void keepsEverything_whenReopened() throws Exception {
    append(tenant, host, now(CPU, 0.5), now(ROOT, 7));
    store.close();

    store = open();
    awaitReadable();

    assertThat(store.listMetrics(tenant, host)).containsExactly(CPU, ROOT);
    assertThat(store.latest(tenant, host)).hasSize(2);
    assertThat(append(tenant, host, now(CPU, 0.5))).isEqualTo(new Receipt(1, 0, 0));
    awaitReadable();
    assertThat(countRows()).isEqualTo(2);
  }

  @Test
  void fails_afterClose() {
    store.close();

    assertThatThrownBy(() -> append(tenant, host, now(CPU, 1)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TelemetryFailure.Closed.class);
  }

  /// How many rows the raw table holds.
  protected abstract long countRows();

  protected final Receipt append(UUID tenant, UUID host, Sample... samples) throws Exception {
    return store
        .append(tenant, host, new Batch(List.of(samples)))
        .get(30, java.util.concurrent.TimeUnit.SECONDS);
  }

  /// A sample so many seconds after the start.
  protected final Sample at(Series series, long seconds, double value) {
    return new Sample(series, micros(start.plusSeconds(seconds)), value);
  }

  protected final Sample now(Series series, double value) {
    return new Sample(series, micros(clock.instant()), value);
  }

  protected static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  protected static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
