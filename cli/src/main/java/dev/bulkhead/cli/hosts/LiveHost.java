package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The newest value of every metric of one host. Thread-safe.
final class LiveHost {

  /// A disk or an interface that is gone is forgotten after this.
  private static final Duration KEPT = Duration.ofSeconds(90);

  private record Key(String metric, Map<String, String> attributes) {}

  private record Reading(double value, long at) {}

  private final Map<Key, Reading> readings = new HashMap<>();
  private long newest;

  /// Takes a sample event: `{at, metrics:[{name, attributes, value}]}`. One that comes late, after
  /// an outage, replaces nothing newer.
  synchronized void accept(JsonNode sample) {
    long at = Json.count(sample, "at");
    newest = Math.max(newest, at);
    for (JsonNode metric : sample.path("metrics")) {
      Double value = Json.number(metric, "value");
      if (value != null) {
        var key = new Key(Json.text(metric, "name"), attributes(metric.path("attributes")));
        readings.merge(
            key, new Reading(value, at), (old, fresh) -> fresh.at() >= old.at() ? fresh : old);
      }
    }
    readings.values().removeIf(reading -> reading.at() < newest - KEPT.toMillis());
  }

  /// When the newest sample was taken, by the host's clock.
  synchronized Optional<Instant> at() {
    return newest == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(newest));
  }

  /// The value of a metric that has no attributes, or null.
  synchronized @Nullable Double value(String metric) {
    Reading reading = readings.get(new Key(metric, Map.of()));
    return reading == null ? null : (Double) reading.value();
  }

  /// The values of a metric by one attribute, numbers in their order; others of its attributes must
  /// not matter.
  synchronized SortedMap<String, Double> by(String metric, String attribute) {
    SortedMap<String, Double> values = new TreeMap<>(LiveHost::compareNumbersFirst);
    readings.forEach(
        (key, reading) -> {
          String name = key.attributes().get(attribute);
          if (key.metric().equals(metric) && name != null) {
            values.put(name, reading.value());
          }
        });
    return values;
  }

  /// The values of a metric by two attributes: the first, then the second.
  synchronized SortedMap<String, Map<String, Double>> by(
      String metric, String first, String second) {
    SortedMap<String, Map<String, Double>> values = new TreeMap<>();
    readings.forEach(
        (key, reading) -> {
          String outer = key.attributes().get(first);
          String inner = key.attributes().get(second);
          if (key.metric().equals(metric) && outer != null && inner != null) {
            values.computeIfAbsent(outer, _ -> new TreeMap<>()).put(inner, reading.value());
          }
        });
    return values;
  }

  private static Map<String, String> attributes(JsonNode json) {
    Map<String, String> attributes = new TreeMap<>();
    json.forEachEntry((name, value) -> attributes.put(name, value.asString("")));
    return attributes;
  }

  private static int compareNumbersFirst(String a, String b) {
    int byLength =
        a.chars().allMatch(Character::isDigit) && b.chars().allMatch(Character::isDigit)
            ? Integer.compare(a.length(), b.length())
            : 0;
    return byLength != 0 ? byLength : a.compareTo(b);
  }
}
