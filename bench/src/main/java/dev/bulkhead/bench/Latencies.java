package dev.bulkhead.bench;

import java.util.Arrays;

/// Durations that were measured, in nanoseconds. Thread-safe.
final class Latencies {

  private long[] values = new long[1024];
  private int count;

  synchronized void add(long nanos) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = nanos;
  }

  synchronized int count() {
    return count;
  }

  /// The smallest value that at least this share of all do not exceed; 0 when there are none.
  ///
  /// @param share above 0, at most 1
  synchronized long percentile(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * count) - 1];
  }
}
