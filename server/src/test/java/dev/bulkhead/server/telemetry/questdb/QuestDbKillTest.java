package dev.bulkhead.server.telemetry.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes, again and again, and counts what is there afterwards. The number of
/// kills and the seed can be given: `-Dbulkhead.kills=500 -Dbulkhead.seed=1`.
class QuestDbKillTest {
  private static final int KILLS = Integer.getInteger("bulkhead.kills", 20);
  private static final long SEED = Long.getLong("bulkhead.seed", System.nanoTime());

  @TempDir private Path directory;
  private final long base = System.currentTimeMillis() - Duration.ofDays(1).toMillis();

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void keepsEveryAcknowledgedSampleOnce_whenKilledAgainAndAgain() throws Exception {
    System.out.printf("kills %d seed %d%n", KILLS, SEED);
    var random = new Random(SEED);
    var acknowledged = 0L;
    for (var kill = 0; kill < KILLS; kill++) {
      acknowledged = writeAndKill(acknowledged, kill, random);
    }

    assertThat(acknowledged).isGreaterThan(KILLS * (long) NumberedWriter.BATCH);
    assertThat(readNumbers(acknowledged)).isEqualTo(acknowledged);
  }

  /// Starts a writer that sends again all that was not acknowledged, and some that was; kills it
  /// after some acknowledgements, or now and then while it still starts.
  private long writeAndKill(long acknowledged, int kill, Random random) throws Exception {
    var resent = Math.max(0, acknowledged - 4L * NumberedWriter.BATCH);
    var log = directory.resolve("writer.log");
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                NumberedWriter.class.getName(),
                directory.resolve("telemetry").toString(),
                Long.toString(base),
                Long.toString(resent + 1))
            .redirectError(log.toFile())
            .start();
    try (var lines = process.inputReader()) {
      if (kill % 7 == 3) {
        // Somewhere in the start, which repairs what the last kill left.
        process.waitFor(200 + random.nextInt(1200), TimeUnit.MILLISECONDS);
      } else {
        acknowledged = Math.max(acknowledged, readAcknowledgements(lines, 1 + random.nextInt(30)));
        process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
      }
      kill(process);
      return Math.max(acknowledged, readAcknowledgements(lines, Integer.MAX_VALUE));
    } catch (AssertionError failure) {
      throw new AssertionError(Files.readString(log), failure);
    } finally {
      kill(process);
    }
  }

  // By its handle: killing through the process object would close the output that is still unread.
  private static void kill(Process process) throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  private static long readAcknowledgements(BufferedReader lines, int wanted) throws IOException {
    var last = 0L;
    var complete = wanted == Integer.MAX_VALUE;
    for (var n = 0; n < wanted; ) {
      var line = lines.readLine();
      if (line == null) {
        assertThat(complete).as("the writer ended by itself").isTrue();
        break;
      }
      assertThat(line).doesNotStartWith("failed");
      if (line.matches("ack \\d+")) {
        last = Long.parseLong(line.substring(4));
        n++;
      }
    }
    return last;
  }

  /// Counts the numbers up to the last acknowledged one, and checks that none is there twice.
  private long readNumbers(long acknowledged) {
    var settings = QuestDbSettings.of(directory.resolve("telemetry")).withMinimumFree(0);
    try (var store = QuestDbStore.open(settings, InstantSource.system())) {
      await().atMost(Duration.ofMinutes(2)).until(() -> store.engine().isApplied(Schema.SAMPLES));
      var seen = new BitSet();
      store
          .engine()
          .select(
              "SELECT value FROM samples",
              List.of(),
              row -> {
                var number = (int) row.getDouble(0);
                assertThat(seen.get(number)).as("number %d is there twice", number).isFalse();
                seen.set(number);
              });
      return seen.get(0, (int) acknowledged + 1).cardinality();
    }
  }
}
