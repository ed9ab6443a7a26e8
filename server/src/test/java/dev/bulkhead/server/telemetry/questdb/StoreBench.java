package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.Receipt;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import dev.bulkhead.server.telemetry.TelemetryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Measures the store by itself: start, idle memory, samples a second in large batches, latency of
/// acknowledgement at a rate of small messages, and how long a chart takes. Not a test.
///
/// Arguments: an empty directory, seconds per measurement.
final class StoreBench {
  private static final UUID TENANT = new UUID(1, 1);
  private static final int HOSTS = 1_000;
  private static final List<Series> SERIES =
      IntStream.range(0, 40)
          .mapToObj(i -> new Series("bench.metric." + i, "By", Map.of("system.device", "sda" + i)))
          .toList();

  private final TelemetryStore store;
  private final int seconds;
  private long clockMicros = (System.currentTimeMillis() - Duration.ofHours(6).toMillis()) * 1000;

  private StoreBench(TelemetryStore store, int seconds) {
    this.store = store;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    var settings = QuestDbSettings.of(Path.of(arguments[0]));
    var begin = System.nanoTime();
    try (var store = QuestDbStore.open(settings, InstantSource.system())) {
      System.out.printf("start            %6d ms%n", millisSince(begin));
      LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
      System.out.printf("resident idle    %s%n", resident());
      var bench = new StoreBench(store, Integer.parseInt(arguments[1]));
      bench.measureBatches(4_000);
      bench.awaitApplied(store);
      bench.measureBatches(10_000);
      bench.awaitApplied(store);
      bench.measureMessages(1_000, 40);
      bench.awaitApplied(store);
      bench.measureHistory();
      System.out.printf("rows             %d%n", bench.countRows(store));
      System.out.printf("resident loaded  %s%n", resident());
    }
  }

  /// Sixteen batches in flight at any time: how many samples become durable in a second.
  private void measureBatches(int size) throws Exception {
    var inFlight = new Semaphore(16);
    var begin = System.nanoTime();
    var rows = 0L;
    var host = 0;
    while (millisSince(begin) < seconds * 1000L) {
      inFlight.acquire();
      // A batch of 4,000 is a hundred instants of one host, as after an outage.
      var batch = batch(size / SERIES.size());
      var _ = append(host++ % HOSTS, batch).whenComplete((_, _) -> inFlight.release());
      rows += size;
    }
    inFlight.acquire(16);
    System.out.printf(
        "batches of %-6d%8.0f samples/s durable%n", size, rows * 1000.0 / millisSince(begin));
  }

  private void measureMessages(int perSecond, int samples) throws Exception {
    var latencies = new long[perSecond * seconds];
    var acknowledgements = new ArrayList<CompletableFuture<Receipt>>();
    var begin = System.nanoTime();
    for (var i = 0; i < latencies.length; i++) {
      var due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      LockSupport.parkNanos(due - System.nanoTime());
      var message = i;
      acknowledgements.add(
          append(i % HOSTS, batch(samples / SERIES.size()))
              .whenComplete((_, _) -> latencies[message] = System.nanoTime() - due));
    }
    for (var acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
    var took = millisSince(begin);
    Arrays.sort(latencies);
    System.out.printf(
        "messages of %d     %6.0f/s, acknowledged after p50 %d ms, p99 %d ms, max %d ms%n",
        samples,
        latencies.length * 1000.0 / took,
        latencies[latencies.length / 2] / 1_000_000,
        latencies[latencies.length * 99 / 100] / 1_000_000,
        latencies[latencies.length - 1] / 1_000_000);
  }

  private void measureHistory() {
    for (var range : List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7))) {
      var best = Long.MAX_VALUE;
      for (var i = 0; i < 10; i++) {
        var begin = System.nanoTime();
        var to = InstantSource.system().instant();
        var history =
            store.history(TENANT, new UUID(2, i), "bench.metric.1", to.minus(range), to, null);
        best = Math.min(best, System.nanoTime() - begin);
        if (history.lines().size() > 1) {
          throw new AssertionError("more lines than series");
        }
      }
      System.out.printf("history of %-6s%8.1f ms%n", range, best / 1e6);
    }
  }

  private CompletableFuture<Receipt> append(int host, Batch batch) {
    return store.append(TENANT, new UUID(2, host), batch);
  }

  private Batch batch(int instants) {
    var samples = new ArrayList<Sample>(instants * SERIES.size());
    for (var instant = 0; instant < instants; instant++) {
      clockMicros += 100;
      for (var series : SERIES) {
        samples.add(new Sample(series, clockMicros, instant));
      }
    }
    return new Batch(samples);
  }

  private void awaitApplied(QuestDbStore questDb) {
    var begin = System.nanoTime();
    while (!questDb.engine().isApplied(Schema.SAMPLES)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    System.out.printf("  readable after %6d ms more%n", millisSince(begin));
  }

  private long countRows(QuestDbStore questDb) {
    var rows = new ArrayList<Long>();
    questDb
        .engine()
        .select("SELECT count() FROM samples", List.of(), row -> rows.add(row.getLong(0)));
    return rows.getFirst();
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static String resident() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return String.join(
          " ", lines.filter(line -> line.matches("(VmRSS|RssAnon|RssFile).*")).toList());
    }
  }
}
