package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.util.Arrays;

/// Utilisation of the whole host and of each processor, from `/proc/stat`.
///
/// A figure is the share since the sample before; the first sample has none.
final class CpuCollector implements Collector {

  private static final byte[] PREFIX = LinuxRoots.ascii("cpu");
  private static final int MAX_CPUS = 4096;

  private final ProcFile file;
  private final ByteScanner scanner = new ByteScanner();
  // Index 0 is the whole host, index n + 1 processor n.
  private long[] totals = new long[9];
  private long[] idles = new long[9];
  private Attributes[] attributes = {Attributes.NONE};

  CpuCollector(LinuxRoots roots) {
    file = new ProcFile(roots.proc().resolve("stat"), 8192);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    file.readInto(scanner);
    while (scanner.nextLine() && scanner.skipPrefix(PREFIX)) {
      long cpu = scanner.at((byte) ' ') ? -1 : scanner.number();
      if (cpu < MAX_CPUS) {
        readLine((int) cpu + 1, sink);
      }
    }
  }

  private void readLine(int index, MetricSink sink) {
    long total = 0;
    long idle = 0;
    // user nice system idle iowait irq softirq steal; guest time is part of user time.
    for (int field = 0; field < 8; field++) {
      long ticks = scanner.number();
      if (ticks < 0 && field < 4) {
        return;
      }
      long counted = Math.max(ticks, 0);
      total += counted;
      if (field == 3 || field == 4) {
        idle += counted;
      }
    }
    grow(index);
    long totalDelta = total - totals[index];
    long idleDelta = idle - idles[index];
    boolean known = totals[index] > 0;
    totals[index] = total;
    idles[index] = idle;
    if (known && totalDelta > 0) {
      double busy = 1 - (double) idleDelta / totalDelta;
      sink.add(Metric.CPU_UTILIZATION, attributes[index], Math.clamp(busy, 0.0, 1.0));
    }
  }

  private void grow(int index) {
    if (index >= totals.length) {
      totals = Arrays.copyOf(totals, index * 2);
      idles = Arrays.copyOf(idles, index * 2);
    }
    if (index >= attributes.length) {
      int from = attributes.length;
      attributes = Arrays.copyOf(attributes, index + 1);
      for (int i = from; i <= index; i++) {
        attributes[i] = Attributes.ofCpu(i - 1);
      }
    }
  }
}
