package dev.bulkhead.agent.collect;

import java.io.IOException;

/// Load averages, from `/proc/loadavg`, and the time since boot, from `/proc/uptime`.
final class LoadCollector implements Collector {

  private final ProcFile load;
  private final ProcFile uptime;
  private final ByteScanner scanner = new ByteScanner();

  LoadCollector(LinuxRoots roots) {
    load = new ProcFile(roots.proc().resolve("loadavg"), 128);
    uptime = new ProcFile(roots.proc().resolve("uptime"), 128);
  }

  @Override
  public String name() {
    return "load";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    uptime.readInto(scanner);
    if (scanner.nextLine()) {
      sink.add(Metric.UPTIME, Attributes.NONE, scanner.decimal());
    }
    load.readInto(scanner);
    if (scanner.nextLine()) {
      sink.add(Metric.LOAD_1, Attributes.NONE, scanner.decimal());
      sink.add(Metric.LOAD_5, Attributes.NONE, scanner.decimal());
      sink.add(Metric.LOAD_15, Attributes.NONE, scanner.decimal());
    }
  }
}
