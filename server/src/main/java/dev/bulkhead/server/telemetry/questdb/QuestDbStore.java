package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.History;
import dev.bulkhead.server.telemetry.Receipt;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import dev.bulkhead.server.telemetry.TelemetryFailure;
import dev.bulkhead.server.telemetry.TelemetryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Telemetry in a QuestDB inside this process. One process a directory.
public final class QuestDbStore implements TelemetryStore {
  private static final Duration LATEST = Duration.ofMinutes(10);
  // A hostile host can send one metric in many units; a query names no more series than this.
  private static final int MAX_TOTALS = 64;

  private final InstantSource clock;
  private final Engine engine;
  private final SeriesCatalogue catalogue;
  private final SampleWriter writer;
  private final Upkeep upkeep;
  private final GroupCommit commits;
  private final HistoryReader histories;
  private boolean closed;

  private QuestDbStore(QuestDbSettings settings, InstantSource clock, Engine engine) {
    this.clock = clock;
    this.engine = engine;
    this.catalogue = new SeriesCatalogue(settings.seriesPerHost());
    this.writer = new SampleWriter(engine, catalogue, clock);
    var space = new FreeSpace(settings.directory(), settings.minimumFree());
    this.upkeep = new Upkeep(engine, space);
    this.histories = new HistoryReader(engine, catalogue);
    upkeep.awaitApplied(Schema.CATALOGUE);
    catalogue.load(engine, clock.instant());
    this.commits = new GroupCommit(settings, writer, space, upkeep);
  }

  /// Opens the directory, making it when it is absent.
  ///
  /// Throws [TelemetryFailure.Held] when another process has it, [TelemetryFailure.Corrupt] when
  /// what is there cannot be opened.
  public static QuestDbStore open(QuestDbSettings settings, InstantSource clock) {
    var engine = Engine.open(settings.directory(), clock);
    try {
      return new QuestDbStore(settings, clock, engine);
    } catch (RuntimeException failure) {
      engine.close();
      throw failure;
    }
  }

  @Override
  public CompletableFuture<Receipt> append(UUID tenant, UUID host, Batch batch) {
    if (batch.samples().isEmpty()) {
      return CompletableFuture.completedFuture(new Receipt(0, 0, 0));
    }
    try {
      return commits.append(
          new Pending(new HostKey(tenant, host), batch, new CompletableFuture<>()));
    } catch (TelemetryFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public History history(
      UUID tenant, UUID host, String metric, Instant from, Instant to, @Nullable Duration step) {
    var now = clock.instant();
    return histories.read(
        new HistoryReader.Question(
            tenant, host, metric, now, from, to, Resolution.of(now, from, to, step)));
  }

  @Override
  public List<Sample> latest(UUID tenant, UUID host) {
    var found = new ArrayList<Sample>();
    engine.select(
        """
        SELECT ts, series, value FROM samples
        WHERE tenant = $1 AND host = $2 AND ts >= $3
        LATEST ON ts PARTITION BY series
        """,
        List.of(tenant, host, Micros.of(clock.instant().minus(LATEST))),
        row ->
            found.add(
                new Sample(
                    Series.parse(row.getSymA(1).toString()),
                    row.getTimestamp(0),
                    row.getDouble(2))));
    found.sort(Comparator.comparing(sample -> sample.series().key()));
    return List.copyOf(found);
  }

  @Override
  public List<Series> listMetrics(UUID tenant, UUID host) {
    return catalogue.list(tenant, host, _ -> true);
  }

  @Override
  public void visitMinutes(UUID tenant, Set<String> metrics, Instant since, MinuteVisitor visitor) {
    var series =
        catalogue
            .listAll(tenant, s -> s.attributes().isEmpty() && metrics.contains(s.metric()))
            .stream()
            .limit(MAX_TOTALS)
            .toList();
    if (series.isEmpty()) {
      return;
    }
    var parameters = new ArrayList<Object>(List.of(tenant, Micros.of(since)));
    series.forEach(one -> parameters.add(one.key()));
    var keys =
        IntStream.range(0, series.size())
            .mapToObj(i -> "$" + (i + 3))
            .collect(Collectors.joining(", "));
    engine.select(
        """
        SELECT timestamp_floor('1m', ts) at, host, series, avg(value) FROM samples
        WHERE tenant = $1 AND ts >= $2 AND series IN (%s) ORDER BY at
        """
            .formatted(keys),
        parameters,
        row ->
            visitor.visit(
                UUID.fromString(row.getSymA(1).toString()),
                Series.parse(row.getSymA(2).toString()),
                row.getTimestamp(0) / 1000,
                row.getDouble(3)));
  }

  @Override
  public Health health() {
    return new Health(
        commits.isWritable(),
        commits.waitingRows(),
        writer.refusedSeries(),
        writer.refusedTime(),
        upkeep.troubles());
  }

  /// For tests and benchmarks: the engine's own door, to count rows and to hurry roll-ups.
  Engine engine() {
    return engine;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      commits.close();
      engine.close();
    }
  }
}
