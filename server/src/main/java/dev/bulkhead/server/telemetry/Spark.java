package dev.bulkhead.server.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Averages of the last [#MINUTES] minutes, in 140 bytes. Not thread-safe.
final class Spark {
  static final int MINUTES = 30;

  private final float[] averages = new float[MINUTES];
  private int newestMinute = Integer.MIN_VALUE;
  private float sum;
  private int count;

  Spark() {
    Arrays.fill(averages, Float.NaN);
  }

  /// Adds one value to its minute; what is older than the newest minute only fills a gap.
  void add(long epochMillis, double value) {
    var minute = (int) Math.floorDiv(epochMillis, 60_000L);
    if (minute < newestMinute) {
      fill(minute, value);
      return;
    }
    if (minute > newestMinute) {
      moveTo(minute);
    }
    sum += (float) value;
    count++;
    averages[slot(minute)] = sum / count;
  }

  private void fill(int minute, double value) {
    if (newestMinute - minute < MINUTES && Float.isNaN(averages[slot(minute)])) {
      averages[slot(minute)] = (float) value;
    }
  }

  private void moveTo(int minute) {
    var skipped = newestMinute == Integer.MIN_VALUE ? MINUTES : (long) minute - newestMinute;
    for (var i = 0; i < Math.min(skipped, MINUTES); i++) {
      averages[slot(minute - i)] = Float.NaN;
    }
    newestMinute = minute;
    sum = 0;
    count = 0;
  }

  private static int slot(int minute) {
    return Math.floorMod(minute, MINUTES);
  }

  /// The minutes that end with the present one, without the unknown ones at the beginning.
  List<@Nullable Double> list(long nowMillis) {
    var now = (int) Math.floorDiv(nowMillis, 60_000L);
    var list = new ArrayList<@Nullable Double>(MINUTES);
    for (var minute = now - MINUTES + 1; minute <= now; minute++) {
      var known = minute <= newestMinute && newestMinute - minute < MINUTES;
      var average = known ? averages[slot(minute)] : Float.NaN;
      if (!Float.isNaN(average)) {
        list.add((double) average);
      } else if (!list.isEmpty()) {
        list.add(null);
      }
    }
    return list;
  }
}
