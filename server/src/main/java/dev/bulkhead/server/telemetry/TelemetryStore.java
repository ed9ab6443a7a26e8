package dev.bulkhead.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps the measurements of every tenant's hosts. An engine has no notion of tenants of its own,
/// so every method takes the tenant, and no answer holds another tenant's data.
///
/// Thread-safe. Reads block the calling thread, so virtual threads suit. Every failure is a
/// [TelemetryFailure].
public interface TelemetryStore extends AutoCloseable {

  /// Samples older than this are refused: late data must not reach into what has begun to expire.
  Duration MAX_AGE = Duration.ofDays(7);

  /// Samples further in the server's future than this are refused.
  Duration MAX_AHEAD = Duration.ofHours(1);

  /// Stores a batch. The future completes when the batch survives a power cut, which is before it
  /// can be read; it fails with a [TelemetryFailure], and then the batch may be sent again: the
  /// same sample (series and time) is kept once.
  ///
  /// Back-pressure: while too much waits to be committed, the call itself blocks, first come first
  /// served; after a few seconds the future fails with [TelemetryFailure.Busy]. A reader of a link
  /// that calls this therefore slows its sender down and nobody else.
  CompletableFuture<Receipt> append(UUID tenant, UUID host, Batch batch);

  /// The history of one metric. The engine chooses where to read by the step.
  ///
  /// @param step width of a bucket, a whole number of seconds; null chooses by range: 10 s up to
  ///     two hours, 1 min up to two days, 15 min up to two weeks, 1 h beyond. A step that would
  ///     give too many points or that has expired for this range becomes coarser
  History history(
      UUID tenant, UUID host, String metric, Instant from, Instant to, @Nullable Duration step);

  /// The newest sample of each series of the host in the last ten minutes, by key.
  List<Sample> latest(UUID tenant, UUID host);

  /// The series that the host has sent in the last two weeks, by key.
  List<Series> listMetrics(UUID tenant, UUID host);

  /// Visits the averages per minute of the given metrics of all hosts of a tenant since an instant,
  /// in order of time.
  void visitMinutes(UUID tenant, Set<String> metrics, Instant since, MinuteVisitor visitor);

  /// What an operator should know about the engine now.
  Health health();

  /// Commits what was accepted, then lets go of the directory.
  @Override
  void close();

  /// Receives one average; see [#visitMinutes].
  @FunctionalInterface
  interface MinuteVisitor {
    void visit(UUID host, Series series, long epochMillis, double average);
  }

  /// The engine's state.
  ///
  /// @param writable whether the last commit succeeded
  /// @param waitingRows accepted and not yet committed
  /// @param refusedSeries samples refused since the start because their host had too many series
  /// @param refusedTime samples refused since the start because of their time
  /// @param troubles stable sentences, empty when all is well
  record Health(
      boolean writable,
      int waitingRows,
      long refusedSeries,
      long refusedTime,
      List<String> troubles) {
    public Health {
      troubles = List.copyOf(troubles);
    }
  }
}
