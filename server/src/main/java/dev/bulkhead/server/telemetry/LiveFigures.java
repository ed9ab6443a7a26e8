package dev.bulkhead.server.telemetry;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The figures of one host as they change: for each the samples of its newest time, folded into
/// one. Kept in plain arrays, because there is one for each of ten thousand hosts. Thread-safe.
final class LiveFigures {
  private final Spark cpuSpark = new Spark();
  private final Spark memorySpark = new Spark();
  private final double[] values = new double[Figure.COUNT];
  private final long[] times = new long[Figure.COUNT];

  private enum Fold {
    LAST,
    GREATEST,
    SUM
  }

  private enum Figure {
    CPU(0, Fold.LAST),
    MEMORY(1, Fold.LAST),
    DISK(2, Fold.GREATEST),
    LOAD1(3, Fold.LAST),
    RECEIVE(4, Fold.SUM),
    TRANSMIT(5, Fold.SUM),
    UPTIME(6, Fold.LAST);

    private static final int COUNT = 7;

    private final int slot;
    private final Fold fold;

    Figure(int slot, Fold fold) {
      this.slot = slot;
      this.fold = fold;
    }

    static Optional<Figure> of(Series series) {
      var whole = series.attributes().isEmpty();
      return switch (series.metric()) {
        case "system.cpu.utilization" -> whole ? Optional.of(CPU) : Optional.empty();
        case "system.memory.utilization" -> whole ? Optional.of(MEMORY) : Optional.empty();
        case "system.filesystem.utilization" -> Optional.of(DISK);
        case "system.cpu.load_average.1m" -> Optional.of(LOAD1);
        case "system.uptime" -> Optional.of(UPTIME);
        case "bulkhead.network.io.rate" -> ofNetwork(series);
        default -> Optional.empty();
      };
    }

    private static Optional<Figure> ofNetwork(Series series) {
      if ("lo".equals(series.attributes().get("network.interface.name"))) {
        return Optional.empty();
      }
      return switch (series.attributes().getOrDefault("network.io.direction", "")) {
        case "receive" -> Optional.of(RECEIVE);
        case "transmit" -> Optional.of(TRANSMIT);
        default -> Optional.empty();
      };
    }
  }

  LiveFigures() {
    Arrays.fill(values, Double.NaN);
    Arrays.fill(times, Long.MIN_VALUE);
  }

  synchronized void observe(Batch batch) {
    for (var sample : batch.samples()) {
      var millis = TimeUnit.MICROSECONDS.toMillis(sample.epochMicros());
      Figure.of(sample.series()).ifPresent(figure -> take(figure, millis, sample.value()));
    }
  }

  /// Takes a minute's average from the store.
  synchronized void recall(boolean isCpu, long millis, double average) {
    take(isCpu ? Figure.CPU : Figure.MEMORY, millis, average);
  }

  private void take(Figure figure, long millis, double value) {
    var slot = figure.slot;
    if (millis > times[slot]) {
      times[slot] = millis;
      values[slot] = value;
    } else if (millis == times[slot]) {
      values[slot] =
          switch (figure.fold) {
            case LAST -> value;
            case GREATEST -> Math.max(values[slot], value);
            case SUM -> values[slot] + value;
          };
    }
    switch (figure) {
      case CPU -> cpuSpark.add(millis, value);
      case MEMORY -> memorySpark.add(millis, value);
      case DISK, LOAD1, RECEIVE, TRANSMIT, UPTIME -> {}
    }
  }

  synchronized Figures figures(long now) {
    return new Figures(
        value(Figure.CPU),
        value(Figure.MEMORY),
        value(Figure.DISK),
        value(Figure.LOAD1),
        value(Figure.RECEIVE),
        value(Figure.TRANSMIT),
        bootedAt(),
        Arrays.stream(times).max().orElseThrow(),
        cpuSpark.list(now),
        memorySpark.list(now));
  }

  // To the second: the uptime's own rounding must not make a host seem to start anew all the time.
  private @Nullable Instant bootedAt() {
    var uptime = value(Figure.UPTIME);
    return uptime == null
        ? null
        : Instant.ofEpochSecond(Math.round(times[Figure.UPTIME.slot] / 1_000.0 - uptime));
  }

  private @Nullable Double value(Figure figure) {
    var value = values[figure.slot];
    return Double.isNaN(value) ? null : value;
  }
}
