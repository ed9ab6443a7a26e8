package dev.bulkhead.agent.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two growing counters per device: what came in (or was read) and what went out (or was written).
///
/// Devices come in the same order each time, so that finding one rarely takes more than one
/// comparison. Not thread-safe.
final class DeviceTable {

  private static final int MAX_DEVICES = 256;

  private final List<Device> devices = new ArrayList<>();
  private int cursor;
  private int round;

  /// Begins the next reading.
  void begin() {
    round++;
    cursor = 0;
  }

  /// The device whose name lies between two positions, or null when it is not known.
  @Nullable Device find(byte[] content, int from, int to) {
    for (int i = 0; i < devices.size(); i++) {
      int index = (cursor + i) % devices.size();
      Device device = devices.get(index);
      if (Arrays.equals(device.key, 0, device.key.length, content, from, to)) {
        cursor = index + 1;
        return device;
      }
    }
    return null;
  }

  /// A device seen for the first time.
  ///
  /// @param in its attributes for the one direction, null for a device that is not reported
  @Nullable Device add(byte[] key, @Nullable Attributes in, @Nullable Attributes out) {
    if (devices.size() >= MAX_DEVICES) {
      return null;
    }
    Device device = new Device(key, in, out);
    devices.add(device);
    return device;
  }

  /// Takes the counters of a device in this reading.
  void update(Device device, long in, long out, long nanos) {
    double seconds = (nanos - device.nanos) / 1e9;
    boolean before = device.round == round - 1;
    boolean grown = in >= device.inTotal && out >= device.outTotal;
    device.hasRate = before && grown && seconds > 0;
    // A counter that went back was reset: neither a rate nor a total can be told from it this time.
    device.hasTotal = grown || !before;
    device.inRate = (in - device.inTotal) / seconds;
    device.outRate = (out - device.outTotal) / seconds;
    device.inTotal = in;
    device.outTotal = out;
    device.nanos = nanos;
    device.round = round;
  }

  /// Reports the devices of this reading and forgets those that are gone.
  void report(MetricSink sink, Metric rate, Metric total) {
    devices.removeIf(device -> device.round != round);
    for (Device device : devices) {
      if (device.hasRate && device.in != null && device.out != null) {
        sink.add(rate, device.in, device.inRate);
        sink.add(rate, device.out, device.outRate);
      }
    }
    for (Device device : devices) {
      if (device.hasTotal && device.in != null && device.out != null) {
        sink.add(total, device.in, (double) device.inTotal);
        sink.add(total, device.out, (double) device.outTotal);
      }
    }
  }

  /// One device and its last reading.
  static final class Device {

    private final byte[] key;
    private final @Nullable Attributes in;
    private final @Nullable Attributes out;
    private long inTotal;
    private long outTotal;
    private double inRate;
    private double outRate;
    private boolean hasRate;
    private boolean hasTotal;
    private long nanos;
    private int round = -1;

    private Device(byte[] key, @Nullable Attributes in, @Nullable Attributes out) {
      this.key = key;
      this.in = in;
      this.out = out;
    }

    boolean isReported() {
      return in != null;
    }
  }
}
