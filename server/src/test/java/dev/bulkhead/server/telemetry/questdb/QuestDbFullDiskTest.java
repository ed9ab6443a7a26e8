package dev.bulkhead.server.telemetry.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import dev.bulkhead.server.telemetry.TelemetryFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// Fills a small file system of its own. Mounting one needs root; elsewhere this is skipped, and
/// the reserve of [QuestDbStoreTest] is what is tested.
class QuestDbFullDiskTest {
  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID HOST = new UUID(2, 2);
  private static final Series SERIES = new Series("a.number", "1", Map.of());

  @TempDir private Path disk;
  private final long base = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
  private long sent;

  @BeforeEach
  void mount() throws Exception {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString())).isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily: QuestDB's log is the process's and keeps its file open in the first directory of all.
    assertThat(run("umount", "-l", disk.toString())).isZero();
  }

  @RepeatedTest(2)
  void failsWithFull_keepsRunning_andResumes_whenTheDiskWasFull() throws Exception {
    var settings = QuestDbSettings.of(disk.resolve("telemetry")).withMinimumFree(0);
    try (var store = QuestDbStore.open(settings, InstantSource.system())) {
      append(store);
      var filler = fill();

      assertThatThrownBy(() -> appendUntilFailure(store))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TelemetryFailure.Full.class);
      assertThat(store.health().writable()).isFalse();
      Files.delete(filler);

      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> append(store));
      var stored = sent;
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(countRows(store)).isGreaterThanOrEqualTo(stored));
      assertThat(store.health().writable()).isTrue();
    }
  }

  private void appendUntilFailure(QuestDbStore store) {
    for (var i = 0; i < 10_000; i++) {
      append(store);
    }
  }

  // A batch that failed is sent again, as an agent would.
  private void append(QuestDbStore store) {
    var first = base + sent;
    var samples = new ArrayList<Sample>();
    for (var i = 0; i < 1_000; i++) {
      samples.add(new Sample(SERIES, (first + i) * 1000, i));
    }
    store.append(TENANT, HOST, new Batch(samples)).join();
    sent += 1_000;
  }

  private Path fill() throws IOException {
    var filler = disk.resolve("filler");
    var block = new byte[1 << 16];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static long countRows(QuestDbStore store) {
    var rows = new ArrayList<Long>();
    store.engine().select("SELECT count() FROM samples", List.of(), r -> rows.add(r.getLong(0)));
    return rows.getFirst();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
