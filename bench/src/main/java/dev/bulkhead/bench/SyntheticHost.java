package dev.bulkhead.bench;

import dev.bulkhead.agent.collect.Attributes;
import dev.bulkhead.agent.collect.Metric;
import dev.bulkhead.agent.collect.MetricSink;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Figures of a host of eight processors, two file systems, one disk and one network interface,
/// which move at random: forty values a sample. Not thread-safe.
final class SyntheticHost {

  /// How many values a sample has.
  static final int VALUES = 40;

  private static final double GIB = 1L << 30;
  private static final List<Attributes> CPUS =
      Stream.concat(Stream.of(Attributes.NONE), IntStream.range(0, 8).mapToObj(Attributes::ofCpu))
          .toList();
  private static final List<Attributes> MEMORY =
      Stream.of("used", "free", "cached", "buffers")
          .map(state -> Attributes.of("system.memory.state", state))
          .toList();
  private static final List<Attributes> PAGING =
      Stream.of("used", "free").map(s -> Attributes.of("system.paging.state", s)).toList();
  private static final List<Attributes> MOUNTS =
      Stream.of("/", "/var")
          .map(mount -> Attributes.of("system.filesystem.mountpoint", mount))
          .toList();
  private static final List<Attributes> FILESYSTEMS =
      Stream.of("/", "/var")
          .flatMap(
              mount ->
                  Stream.of("used", "free", "reserved")
                      .map(
                          state ->
                              Attributes.of(
                                  "system.filesystem.mountpoint", mount,
                                  "system.filesystem.state", state)))
          .toList();
  private static final List<Attributes> DISK =
      Stream.of("read", "write")
          .map(way -> Attributes.of("system.device", "sda", "disk.io.direction", way))
          .toList();
  private static final List<Attributes> NETWORK =
      Stream.of("receive", "transmit")
          .map(way -> Attributes.of("network.interface.name", "eth0", "network.io.direction", way))
          .toList();
  private static final List<Attributes> SENSORS =
      Stream.of("package", "board").map(id -> Attributes.of("hw.id", id)).toList();
  private static final List<Attributes> WHOLE = List.of(Attributes.NONE);

  private final RandomGenerator random;
  private double total;

  SyntheticHost(RandomGenerator random) {
    this.random = random;
  }

  void sample(MetricSink sink) {
    total += random.nextInt(1_000_000);
    add(sink, Metric.CPU_UTILIZATION, CPUS, 1);
    add(sink, Metric.LOAD_1, WHOLE, 8);
    add(sink, Metric.LOAD_5, WHOLE, 8);
    add(sink, Metric.LOAD_15, WHOLE, 8);
    add(sink, Metric.MEMORY_USAGE, MEMORY, 16 * GIB);
    sink.add(Metric.MEMORY_LIMIT, Attributes.NONE, 64 * GIB);
    add(sink, Metric.MEMORY_UTILIZATION, WHOLE, 1);
    add(sink, Metric.PAGING_USAGE, PAGING, GIB);
    add(sink, Metric.FILESYSTEM_USAGE, FILESYSTEMS, 100 * GIB);
    add(sink, Metric.FILESYSTEM_UTILIZATION, MOUNTS, 1);
    DISK.forEach(way -> sink.add(Metric.DISK_IO, way, total));
    add(sink, Metric.DISK_IO_RATE, DISK, 1e8);
    NETWORK.forEach(way -> sink.add(Metric.NETWORK_IO, way, total * 3));
    add(sink, Metric.NETWORK_IO_RATE, NETWORK, 1e8);
    sink.add(Metric.UPTIME, Attributes.NONE, total / 1e6);
    add(sink, Metric.TEMPERATURE, SENSORS, 80);
    sink.add(Metric.PROCESS_COUNT, Attributes.NONE, 200 + random.nextInt(50));
  }

  private void add(MetricSink sink, Metric metric, List<Attributes> series, double most) {
    series.forEach(attributes -> sink.add(metric, attributes, random.nextDouble(most)));
  }
}
