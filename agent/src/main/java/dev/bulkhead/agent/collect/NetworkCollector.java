package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes received and transmitted by each interface, from `/proc/net/dev`.
///
/// Not the loopback interface, nor the host's ends of containers' interfaces, whose bytes the
/// bridge counts again.
final class NetworkCollector implements Collector {

  private static final String INTERFACE = "network.interface.name";
  private static final String DIRECTION = "network.io.direction";

  private final ProcFile file;
  private final ByteScanner scanner = new ByteScanner();
  private final DeviceTable table = new DeviceTable();

  NetworkCollector(LinuxRoots roots) {
    file = new ProcFile(roots.proc().resolve("net/dev"), 8192);
  }

  @Override
  public String name() {
    return "network";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    file.readInto(scanner);
    table.begin();
    while (scanner.nextLine()) {
      scanner.skipBlanks();
      int from = scanner.position();
      if (scanner.skipPast((byte) ':')) {
        readLine(from, scanner.position() - 1, nanos);
      }
    }
    table.report(sink, Metric.NETWORK_IO_RATE, Metric.NETWORK_IO);
  }

  private void readLine(int from, int to, long nanos) {
    long received = scanner.number();
    scanner.skipWords(7);
    long transmitted = scanner.number();
    // An interface that never moved a byte is noise.
    if (received < 0 || transmitted < 0 || (received == 0 && transmitted == 0)) {
      return;
    }
    DeviceTable.Device device = table.find(scanner.content(), from, to);
    if (device == null) {
      device = add(from, to);
    }
    if (device != null) {
      table.update(device, received, transmitted, nanos);
    }
  }

  private DeviceTable.@Nullable Device add(int from, int to) {
    String name = scanner.text(from, to);
    byte[] key = Arrays.copyOfRange(scanner.content(), from, to);
    if (name.equals("lo") || name.startsWith("veth")) {
      return table.add(key, null, null);
    }
    return table.add(
        key,
        Attributes.of(INTERFACE, name, DIRECTION, "receive"),
        Attributes.of(INTERFACE, name, DIRECTION, "transmit"));
  }
}
