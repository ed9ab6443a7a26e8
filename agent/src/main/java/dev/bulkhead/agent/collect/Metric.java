package dev.bulkhead.agent.collect;

/// What the agent measures, under the names of the OpenTelemetry semantic conventions where they
/// have one.
public enum Metric {
  /// Share of the time that processors were busy, 0 to 1.
  CPU_UTILIZATION("system.cpu.utilization", "1", Kind.GAUGE),
  /// Load averages, as the kernel counts them.
  LOAD_1("system.cpu.load_average.1m", "{thread}", Kind.GAUGE),
  LOAD_5("system.cpu.load_average.5m", "{thread}", Kind.GAUGE),
  LOAD_15("system.cpu.load_average.15m", "{thread}", Kind.GAUGE),
  /// Memory by state.
  MEMORY_USAGE("system.memory.usage", "By", Kind.GAUGE),
  MEMORY_LIMIT("system.memory.limit", "By", Kind.GAUGE),
  /// What programs cannot have any more: total less available, over total, 0 to 1.
  MEMORY_UTILIZATION("system.memory.utilization", "1", Kind.GAUGE),
  /// Swap by state.
  PAGING_USAGE("system.paging.usage", "By", Kind.GAUGE),
  /// File systems by state; `free` is what ordinary users may have.
  FILESYSTEM_USAGE("system.filesystem.usage", "By", Kind.GAUGE),
  /// Used over used and free, 0 to 1, as `df` counts.
  FILESYSTEM_UTILIZATION("system.filesystem.utilization", "1", Kind.GAUGE),
  DISK_IO("system.disk.io", "By", Kind.SUM),
  DISK_IO_RATE("bulkhead.disk.io.rate", "By/s", Kind.GAUGE),
  NETWORK_IO("system.network.io", "By", Kind.SUM),
  NETWORK_IO_RATE("bulkhead.network.io.rate", "By/s", Kind.GAUGE),
  UPTIME("system.uptime", "s", Kind.GAUGE),
  TEMPERATURE("hw.temperature", "Cel", Kind.GAUGE),
  PROCESS_COUNT("system.process.count", "{process}", Kind.GAUGE);

  /// How values of a metric relate to each other.
  public enum Kind {
    /// Each value stands for itself.
    GAUGE,
    /// A total that only grows, since the host started.
    SUM
  }

  private final String id;
  private final String unit;
  private final Kind kind;

  Metric(String id, String unit, Kind kind) {
    this.id = id;
    this.unit = unit;
    this.kind = kind;
  }

  /// The name on the wire.
  public String id() {
    return id;
  }

  /// UCUM.
  public String unit() {
    return unit;
  }

  /// Gauge or total.
  public Kind kind() {
    return kind;
  }
}
