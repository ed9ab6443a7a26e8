package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Batch;
import java.nio.file.Path;
import java.time.Duration;

/// How the embedded store is run.
///
/// @param directory its own, made when absent; nobody else's business (0700)
/// @param minimumFree bytes of disk below which nothing is accepted, so that what was accepted can
///     still be applied and others on the disk can breathe
/// @param gather how long the first message of a commit waits for others
/// @param rowsPerCommit how many rows end the gathering early
/// @param rowsWaiting how many rows may wait before senders do; at least the largest batch
/// @param patience how long a sender waits for room
/// @param seriesPerHost how many series of one host are kept within two weeks
public record QuestDbSettings(
    Path directory,
    long minimumFree,
    Duration gather,
    int rowsPerCommit,
    int rowsWaiting,
    Duration patience,
    int seriesPerHost) {

  public QuestDbSettings {
    if (rowsWaiting < Batch.MAX_SAMPLES) {
      throw new IllegalArgumentException("rowsWaiting is smaller than the largest batch");
    }
    if (rowsPerCommit < 1 || seriesPerHost < 1 || minimumFree < 0) {
      throw new IllegalArgumentException("a limit is not positive");
    }
    directory = directory.toAbsolutePath().normalize();
  }

  /// The product's values for a directory.
  public static QuestDbSettings of(Path directory) {
    return new QuestDbSettings(
        directory,
        256L << 20,
        Duration.ofMillis(50),
        10_000,
        100_000,
        Duration.ofSeconds(5),
        2_000);
  }

  public QuestDbSettings withMinimumFree(long bytes) {
    return new QuestDbSettings(
        directory, bytes, gather, rowsPerCommit, rowsWaiting, patience, seriesPerHost);
  }

  public QuestDbSettings withSeriesPerHost(int limit) {
    return new QuestDbSettings(
        directory, minimumFree, gather, rowsPerCommit, rowsWaiting, patience, limit);
  }

  public QuestDbSettings withRowsWaiting(int rows, Duration wait) {
    return new QuestDbSettings(
        directory, minimumFree, gather, rowsPerCommit, rows, wait, seriesPerHost);
  }
}
