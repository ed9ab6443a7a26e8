package dev.bulkhead.server.telemetry.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.History;
import dev.bulkhead.server.telemetry.Receipt;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import dev.bulkhead.server.telemetry.TelemetryFailure;
import dev.bulkhead.server.telemetry.TelemetryStore;
import dev.bulkhead.server.telemetry.TelemetryStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestDbStoreTest extends TelemetryStoreContract {
  @TempDir private Path directory;

  @Override
  protected TelemetryStore open() {
    return QuestDbStore.open(settings(), clock);
  }

  private QuestDbSettings settings() {
    return QuestDbSettings.of(directory.resolve("telemetry")).withMinimumFree(0);
  }

  private Engine engine() {
    return ((QuestDbStore) store).engine();
  }

  @Override
  protected void awaitReadable() {
    await().until(() -> engine().isApplied(Schema.SAMPLES) && engine().isApplied(Schema.CATALOGUE));
  }

  @Override
  protected long countRows() {
    var count = new ArrayList<Long>();
    engine().select("SELECT count() FROM samples", List.of(), row -> count.add(row.getLong(0)));
    return count.getFirst();
  }

  @Test
  void refusesTheDirectory_whenAnotherStoreHasIt() {
    assertThatThrownBy(this::open)
        .isInstanceOf(TelemetryFailure.Held.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining(directory.toString());
  }

  @Test
  void namesDirectoryAndRemedy_whenTheDirectoryIsDamaged() throws Exception {
    append(tenant, host, now(CPU, 1));
    store.close();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(f -> f.endsWith("_meta")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(TelemetryFailure.Corrupt.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("Move the directory aside");
  }

  @Test
  void refusesSeries_beyondTheHostsLimit() throws Exception {
    store.close();
    store = QuestDbStore.open(settings().withSeriesPerHost(3), clock);
    var samples =
        IntStream.range(0, 5)
            .mapToObj(i -> now(new Series("a.metric", "1", Map.of("n", "" + i)), i))
            .toArray(Sample[]::new);

    assertThat(append(tenant, host, samples)).isEqualTo(new Receipt(3, 2, 0));
    assertThat(append(tenant, host, samples)).isEqualTo(new Receipt(3, 2, 0));
    assertThat(store.health().refusedSeries()).isEqualTo(4);
    assertThat(store.listMetrics(tenant, host)).hasSize(3);
  }

  @Test
  void refusesWithFull_andRecovers_whenTheDiskHasNoReserve() throws Exception {
    store.close();
    store = QuestDbStore.open(settings().withMinimumFree(Long.MAX_VALUE), clock);
    assertThatThrownBy(() -> append(tenant, host, now(CPU, 1)))
        .hasCauseInstanceOf(TelemetryFailure.Full.class);
    assertThat(store.health().writable()).isFalse();
    store.close();

    store = open();

    assertThat(append(tenant, host, now(CPU, 1))).isEqualTo(new Receipt(1, 0, 0));
  }

  @Test
  void refusesWithBusy_whenTooMuchWaits() throws Exception {
    store.close();
    var slow =
        new QuestDbSettings(
            directory.resolve("telemetry"),
            0,
            Duration.ofSeconds(3),
            30_000,
            Batch.MAX_SAMPLES,
            Duration.ofMillis(1),
            2_000);
    store = QuestDbStore.open(slow, clock);
    var large = new Batch(IntStream.range(0, 15_000).mapToObj(i -> at(CPU, i / 2, i)).toList());

    var first = store.append(tenant, host, large);
    var second = store.append(tenant, host, large);

    assertThatThrownBy(second::get).hasCauseInstanceOf(TelemetryFailure.Busy.class);
    assertThat(first.get().stored()).isEqualTo(15_000);
    assertThat(store.append(tenant, host, large).get().stored()).isEqualTo(15_000);
  }

  @Test
  void answersFromRollUps_andFromRawWhereTheyLag() throws Exception {
    // Two hours at ten seconds, of which the views see all, then an hour they do not see.
    var seen = IntStream.range(0, 720).mapToObj(i -> at(CPU, i * 10L, i % 6)).toList();
    store.append(tenant, host, new Batch(seen)).get();
    awaitReadable();
    refreshRollUps();
    var unseen = IntStream.range(720, 1000).mapToObj(i -> at(CPU, i * 10L, i % 6)).toList();
    store.append(tenant, host, new Batch(unseen)).get();
    awaitReadable();

    for (var step : List.of(60, 900, 3600)) {
      var history =
          store.history(
              tenant,
              host,
              CPU.metric(),
              start,
              start.plus(Duration.ofHours(3)),
              Duration.ofSeconds(step));

      var points = history.lines().getFirst().points();
      assertThat(history.step()).isEqualTo(Duration.ofSeconds(step));
      assertThat(points)
          .extracting(History.Point::epochMillis)
          .doesNotHaveDuplicates()
          .hasSize((int) Math.ceilDiv(10_000L, step));
      assertThat(points.subList(0, points.size() - 1))
          .allSatisfy(
              point -> {
                assertThat(point.average()).isCloseTo(2.5, within());
                assertThat(point.minimum()).isEqualTo(0);
                assertThat(point.maximum()).isEqualTo(5);
              });
    }
  }

  private void refreshRollUps() {
    for (var view : Schema.VIEWS) {
      engine().execute("REFRESH MATERIALIZED VIEW %s INCREMENTAL".formatted(view));
      await()
          .until(
              () -> {
                var rows = new ArrayList<Long>();
                engine()
                    .select("SELECT count() FROM " + view, List.of(), r -> rows.add(r.getLong(0)));
                return rows.getFirst() > 0 && engine().isApplied(view);
              });
    }
  }
}
