package dev.bulkhead.agent.collect;

import dev.bulkhead.agent.collect.MountTable.Mount;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Space of each file system. A mount whose server is gone hangs whoever asks: each is asked on
/// another thread, for half a second, and a hung one is left out until its answer comes.
final class FileSystemCollector implements Collector {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int MAX_HUNG = 8;

  /// Total, free, and free for ordinary users, in bytes, of the file system at a path.
  interface SpaceReader {
    long[] read(String mountpoint);
  }

  private final ProcFile file;
  private final SpaceReader reader;
  private final ByteScanner scanner = new ByteScanner();
  private final BlockingCalls calls = new BlockingCalls("statvfs");
  private final Map<String, Boolean> hung = new ConcurrentHashMap<>();
  private Map<Mount, Series> known = new HashMap<>();

  private record Series(
      Attributes used, Attributes free, Attributes reserved, Attributes utilization) {

    static Series of(Mount mount) {
      return new Series(
          state(mount, "used"),
          state(mount, "free"),
          state(mount, "reserved"),
          Attributes.of("system.filesystem.mountpoint", mount.mountpoint()));
    }

    private static Attributes state(Mount mount, String state) {
      return Attributes.of(
          "system.device",
          mount.device(),
          "system.filesystem.mountpoint",
          mount.mountpoint(),
          "system.filesystem.type",
          mount.type(),
          "system.filesystem.state",
          state);
    }
  }

  private record Space(Series series, double used, double free, double reserved) {}

  FileSystemCollector(LinuxRoots roots) {
    this(roots, FileSystemCollector::statvfs);
  }

  FileSystemCollector(LinuxRoots roots, SpaceReader reader) {
    this.file = new ProcFile(roots.proc().resolve("self/mountinfo"), 8192);
    this.reader = reader;
  }

  // The JDK has no nearer door to statvfs(2) than these three, and FileStore reads all mounts
  // first.
  private static long[] statvfs(String mountpoint) {
    File path = new File(mountpoint);
    return new long[] {path.getTotalSpace(), path.getFreeSpace(), path.getUsableSpace()};
  }

  @Override
  public String name() {
    return "filesystem";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    file.readInto(scanner);
    Map<Mount, Series> present = new HashMap<>();
    List<Space> spaces = new ArrayList<>();
    for (Mount mount : MountTable.read(scanner)) {
      Series before = known.get(mount);
      Series series = before == null ? Series.of(mount) : before;
      present.put(mount, series);
      long[] space = ask(mount.mountpoint());
      if (space.length == 3 && space[0] > 0) {
        double reserved = Math.max(space[1] - space[2], 0);
        spaces.add(new Space(series, Math.max(space[0] - space[1], 0), space[2], reserved));
      }
    }
    known = present;
    report(spaces, sink);
  }

  private long[] ask(String mountpoint) {
    if (hung.size() >= MAX_HUNG || hung.putIfAbsent(mountpoint, true) != null) {
      return new long[0];
    }
    return calls
        .call(
            () -> {
              try {
                return reader.read(mountpoint);
              } finally {
                hung.remove(mountpoint);
              }
            },
            PATIENCE)
        .orElse(new long[0]);
  }

  private static void report(List<Space> spaces, MetricSink sink) {
    for (Space space : spaces) {
      sink.add(Metric.FILESYSTEM_USAGE, space.series().used(), space.used());
      sink.add(Metric.FILESYSTEM_USAGE, space.series().free(), space.free());
      sink.add(Metric.FILESYSTEM_USAGE, space.series().reserved(), space.reserved());
    }
    for (Space space : spaces) {
      double share = space.used() / (space.used() + space.free());
      sink.add(Metric.FILESYSTEM_UTILIZATION, space.series().utilization(), share);
    }
  }
}
