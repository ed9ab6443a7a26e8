package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads `/proc` and `/sys` directly.
///
/// All collectors run on one other thread, one after the other; a sample waits two seconds at most
/// for each. One that hangs is left out until it returns, and the others go on.
public final class LinuxProbe implements Probe {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long PROCESSES_WATCHED_NANOS = 5_000_000_000L;
  private static final long PROCESSES_NANOS = 30_000_000_000L;
  // A sample is rarely exactly one period after the one before.
  private static final long SLACK_NANOS = 100_000_000L;

  private final LinuxRoots roots;
  private final List<Slot> slots;
  private final BlockingCalls calls = new BlockingCalls("collect");
  private final BiConsumer<String, String> problems;
  private SampleBuffer buffer = new SampleBuffer();
  private @Nullable TopProcesses top;
  private boolean processesRead;
  private long processesAt;
  private int processCount = -1;

  /// A collector and when it runs.
  private static final class Slot {
    final Collector collector;
    final long periodNanos;
    final AtomicBoolean running = new AtomicBoolean();
    boolean started;
    long startedAt;
    volatile boolean failing;

    Slot(Collector collector, Duration period) {
      this.collector = collector;
      this.periodNanos = period.toNanos();
    }

    boolean isDue(long nanos) {
      return !started || nanos - startedAt >= periodNanos - SLACK_NANOS;
    }
  }

  /// A probe of the system whose files are at `roots`.
  ///
  /// @param problems takes a collector's name and what is wrong with it, once each time it begins
  public LinuxProbe(LinuxRoots roots, BiConsumer<String, String> problems) {
    this(roots, problems, collectors(roots));
  }

  LinuxProbe(LinuxRoots roots, BiConsumer<String, String> problems, List<Collector> collectors) {
    this.roots = roots;
    this.problems = problems;
    this.slots = collectors.stream().map(c -> new Slot(c, periodOf(c))).toList();
  }

  private static List<Collector> collectors(LinuxRoots roots) {
    return List.of(
        new CpuCollector(roots),
        new LoadCollector(roots),
        new MemoryCollector(roots),
        new DiskCollector(roots),
        new NetworkCollector(roots),
        new FileSystemCollector(roots),
        new TemperatureCollector(roots));
  }

  // What changes slowly or costs much is not read every second.
  private static Duration periodOf(Collector collector) {
    return switch (collector) {
      case FileSystemCollector _ -> Duration.ofSeconds(10);
      case TemperatureCollector _ -> Duration.ofSeconds(5);
      default -> Duration.ZERO;
    };
  }

  @Override
  public void sample(long nanos, MetricSink sink) {
    buffer.clear();
    int next = 0;
    while (next < slots.size()) {
      next = runFrom(next, nanos);
    }
    buffer.drainTo(sink);
    if (processCount >= 0) {
      sink.add(Metric.PROCESS_COUNT, Attributes.NONE, processCount);
      processCount = -1;
    }
  }

  /// Runs the rest of the collectors and returns where to go on: past the end, or past a hung one.
  private int runFrom(int first, long nanos) {
    Round round = new Round(first, nanos, buffer);
    Boolean done = calls.call(round, PATIENCE).orElse(false);
    if (done) {
      return slots.size();
    }
    round.abandoned = true;
    SampleBuffer left = buffer;
    buffer = new SampleBuffer();
    left.drainTo(buffer);
    buffer.commit();
    int hung = round.index;
    if (hung < slots.size()) {
      problems.accept(slots.get(hung).collector.name(), "hangs; left out until it returns");
    }
    return hung + 1;
  }

  private final class Round implements java.util.concurrent.Callable<Boolean> {
    private final long nanos;
    private final SampleBuffer out;
    private volatile int index;
    private volatile boolean abandoned;

    Round(int first, long nanos, SampleBuffer out) {
      this.index = first;
      this.nanos = nanos;
      this.out = out;
    }

    @Override
    public Boolean call() {
      for (int i = index; i < slots.size() && !abandoned; i++) {
        index = i;
        run(slots.get(i));
      }
      return true;
    }

    private void run(Slot slot) {
      if (!slot.isDue(nanos) || !slot.running.compareAndSet(false, true)) {
        return;
      }
      slot.started = true;
      slot.startedAt = nanos;
      try {
        slot.collector.collect(nanos, out);
        slot.failing = false;
      } catch (IOException | RuntimeException e) {
        // One figure that cannot be read must not cost the others.
        if (!slot.failing) {
          problems.accept(slot.collector.name(), String.valueOf(e.getMessage()));
        }
        slot.failing = true;
      } finally {
        slot.running.set(false);
      }
      if (!abandoned) {
        out.commit();
      }
    }
  }

  @Override
  public Optional<ProcessReport> processes(long nanos, long nowMillis, boolean watched) {
    long period = watched ? PROCESSES_WATCHED_NANOS : PROCESSES_NANOS;
    if (processesRead && nanos - processesAt < period - SLACK_NANOS) {
      return Optional.empty();
    }
    processesRead = true;
    processesAt = nanos;
    TopProcesses reader = top;
    if (reader == null) {
      reader = new TopProcesses(roots);
      top = reader;
    }
    ProcessReport report = reader.read(nanos, nowMillis, bootMillis());
    processCount = report.total();
    return Optional.of(report);
  }

  @Override
  public long bootMillis() {
    try {
      for (String line : Files.readAllLines(roots.proc().resolve("stat"))) {
        if (line.startsWith("btime ")) {
          return Long.parseLong(line.substring(6).strip()) * 1000;
        }
      }
    } catch (IOException | NumberFormatException _) {
      // Unknown is an answer here: totals then have no start.
      return 0;
    }
    return 0;
  }
}
