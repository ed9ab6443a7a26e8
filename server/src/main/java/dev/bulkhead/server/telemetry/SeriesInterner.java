package dev.bulkhead.server.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Remembers series that were seen, because checking and sorting their parts for every sample would
/// cost more than storing it. Bounded in entries and in characters, because what a host names its
/// series is the host's choice: when full, it starts over. Thread-safe.
final class SeriesInterner {
  private static final long CHARACTERS = 4_000_000;

  private final int capacity;
  private final AtomicLong characters = new AtomicLong();
  private final Map<Parts, Series> known = new ConcurrentHashMap<>();

  private record Parts(String metric, String unit, Map<String, String> attributes) {}

  SeriesInterner(int capacity) {
    this.capacity = capacity;
  }

  /// The series of these parts, or null when they are outside the limits of [Series]. The map is
  /// not to be changed afterwards.
  @Nullable Series find(String metric, String unit, Map<String, String> attributes) {
    var parts = new Parts(metric, unit, attributes);
    var found = known.get(parts);
    if (found != null) {
      return found;
    }
    try {
      found = new Series(metric, unit, attributes);
    } catch (IllegalArgumentException outsideTheLimits) {
      return null;
    }
    if (known.size() >= capacity || characters.get() > CHARACTERS) {
      known.clear();
      characters.set(0);
    }
    if (known.put(parts, found) == null) {
      characters.addAndGet(found.key().length());
    }
    return found;
  }
}
