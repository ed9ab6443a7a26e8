package dev.bulkhead.agent.collect;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes read from and written to each disk, from `/proc/diskstats`.
///
/// Whole devices with hardware (or a hypervisor) behind them only: partitions, loop devices and
/// device-mapper volumes would count the same bytes again.
final class DiskCollector implements Collector {

  private static final int SECTOR = 512;
  private static final String DEVICE = "system.device";
  private static final String DIRECTION = "disk.io.direction";

  // A File and not a Path: what a kernel calls a device need not be a valid path.
  private final File blocks;
  private final ProcFile file;
  private final ByteScanner scanner = new ByteScanner();
  private final DeviceTable table = new DeviceTable();

  DiskCollector(LinuxRoots roots) {
    blocks = roots.sys().resolve("block").toFile();
    file = new ProcFile(roots.proc().resolve("diskstats"), 8192);
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    file.readInto(scanner);
    table.begin();
    while (scanner.nextLine()) {
      scanner.skipWords(2);
      readLine(nanos);
    }
    table.report(sink, Metric.DISK_IO_RATE, Metric.DISK_IO);
  }

  private void readLine(long nanos) {
    scanner.skipBlanks();
    int from = scanner.position();
    scanner.skipWords(1);
    int to = scanner.position();
    if (from == to) {
      return;
    }
    DeviceTable.Device device = table.find(scanner.content(), from, to);
    if (device == null) {
      device = add(from, to);
    }
    scanner.skipWords(2);
    long read = scanner.number();
    scanner.skipWords(3);
    long written = scanner.number();
    if (device != null && read >= 0 && written >= 0) {
      table.update(device, bytes(read), bytes(written), nanos);
    }
  }

  private DeviceTable.@Nullable Device add(int from, int to) {
    String name = scanner.text(from, to);
    byte[] key = Arrays.copyOfRange(scanner.content(), from, to);
    if (name.contains("/") || !new File(blocks, name + "/device").exists()) {
      return table.add(key, null, null);
    }
    return table.add(
        key,
        Attributes.of(DEVICE, name, DIRECTION, "read"),
        Attributes.of(DEVICE, name, DIRECTION, "write"));
  }

  private static long bytes(long sectors) {
    return sectors > Long.MAX_VALUE / SECTOR ? Long.MAX_VALUE : sectors * SECTOR;
  }
}
