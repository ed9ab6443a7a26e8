package dev.bulkhead.server.telemetry.questdb;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Which series one host sends, and when each was last written to the catalogue. Eight bytes a
/// series, since a fleet has millions. Not thread-safe.
final class HostSeries {
  private int[] ids = new int[16];
  private int[] hours = new int[16];
  private int size;

  int size() {
    return size;
  }

  /// The hour at which a series was last written, or -1 when it is not known.
  int hourOf(int id) {
    var at = Arrays.binarySearch(ids, 0, size, id);
    return at < 0 ? -1 : hours[at];
  }

  void put(int id, int hour) {
    var at = Arrays.binarySearch(ids, 0, size, id);
    if (at < 0) {
      at = -at - 1;
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
        hours = Arrays.copyOf(hours, size * 2);
      }
      System.arraycopy(ids, at, ids, at + 1, size - at);
      System.arraycopy(hours, at, hours, at + 1, size - at);
      ids[at] = id;
      size++;
    }
    hours[at] = hour;
  }

  /// Forgets what was last written before an hour.
  void removeBefore(int hour) {
    var kept = 0;
    for (var i = 0; i < size; i++) {
      if (hours[i] >= hour) {
        ids[kept] = ids[i];
        hours[kept] = hours[i];
        kept++;
      }
    }
    size = kept;
  }

  void forEach(IntConsumer visitor) {
    for (var i = 0; i < size; i++) {
      visitor.accept(ids[i]);
    }
  }
}
