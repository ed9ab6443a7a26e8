package dev.bulkhead.agent.collect;

import java.io.IOException;

/// Memory and swap, from `/proc/meminfo`.
final class MemoryCollector implements Collector {

  private static final String STATE = "system.memory.state";
  private static final Attributes USED = Attributes.of(STATE, "used");
  private static final Attributes FREE = Attributes.of(STATE, "free");
  private static final Attributes CACHED = Attributes.of(STATE, "cached");
  private static final Attributes BUFFERS = Attributes.of(STATE, "buffers");
  private static final Attributes SWAP_USED = Attributes.of("system.paging.state", "used");
  private static final Attributes SWAP_FREE = Attributes.of("system.paging.state", "free");

  private static final int TOTAL = 0;
  private static final int FREE_MEMORY = 1;
  private static final int AVAILABLE = 2;
  private static final int BUFFER_MEMORY = 3;
  private static final int CACHE = 4;
  private static final int RECLAIMABLE = 5;
  private static final int SWAP_TOTAL = 6;
  private static final int SWAP_UNUSED = 7;
  private static final byte[][] NAMES = {
    LinuxRoots.ascii("MemTotal:"),
    LinuxRoots.ascii("MemFree:"),
    LinuxRoots.ascii("MemAvailable:"),
    LinuxRoots.ascii("Buffers:"),
    LinuxRoots.ascii("Cached:"),
    LinuxRoots.ascii("SReclaimable:"),
    LinuxRoots.ascii("SwapTotal:"),
    LinuxRoots.ascii("SwapFree:"),
  };

  private final ProcFile file;
  private final ByteScanner scanner = new ByteScanner();
  private final long[] kib = new long[NAMES.length];

  MemoryCollector(LinuxRoots roots) {
    file = new ProcFile(roots.proc().resolve("meminfo"), 4096);
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    file.readInto(scanner);
    java.util.Arrays.fill(kib, -1);
    while (scanner.nextLine()) {
      for (int i = 0; i < NAMES.length; i++) {
        if (scanner.skipPrefix(NAMES[i])) {
          kib[i] = scanner.number();
          break;
        }
      }
    }
    if (kib[TOTAL] > 0 && kib[FREE_MEMORY] >= 0) {
      reportMemory(sink);
    }
    if (kib[SWAP_TOTAL] > 0 && kib[SWAP_UNUSED] >= 0) {
      sink.add(Metric.PAGING_USAGE, SWAP_USED, bytes(kib[SWAP_TOTAL] - kib[SWAP_UNUSED]));
      sink.add(Metric.PAGING_USAGE, SWAP_FREE, bytes(kib[SWAP_UNUSED]));
    }
  }

  private void reportMemory(MetricSink sink) {
    long total = kib[TOTAL];
    long free = kib[FREE_MEMORY];
    long buffers = Math.max(kib[BUFFER_MEMORY], 0);
    long cached = Math.max(kib[CACHE], 0) + Math.max(kib[RECLAIMABLE], 0);
    // Kernels before 3.14 do not tell what is available.
    long available = kib[AVAILABLE] >= 0 ? kib[AVAILABLE] : free + buffers + cached;
    sink.add(Metric.MEMORY_USAGE, USED, bytes(total - free - buffers - cached));
    sink.add(Metric.MEMORY_USAGE, FREE, bytes(free));
    sink.add(Metric.MEMORY_USAGE, CACHED, bytes(cached));
    sink.add(Metric.MEMORY_USAGE, BUFFERS, bytes(buffers));
    sink.add(Metric.MEMORY_LIMIT, Attributes.NONE, bytes(total));
    double used = (double) (total - available) / total;
    sink.add(Metric.MEMORY_UTILIZATION, Attributes.NONE, Math.clamp(used, 0.0, 1.0));
  }

  private static double bytes(long kib) {
    return Math.max(kib, 0) * 1024.0;
  }
}
