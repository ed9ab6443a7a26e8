package dev.bulkhead.server.telemetry;

import java.util.SortedMap;
import java.util.TreeMap;

/// The text form of a [Series]: unambiguous, so that two series never share a line of the store.
final class SeriesKey {
  private SeriesKey() {}

  static String write(String metric, String unit, SortedMap<String, String> attributes) {
    var text = new StringBuilder(metric.length() + unit.length() + 2 + attributes.size() * 32);
    text.append(metric).append('|').append(unit).append('|');
    var first = true;
    for (var attribute : attributes.entrySet()) {
      if (!first) {
        text.append(',');
      }
      first = false;
      text.append(attribute.getKey()).append('=');
      escape(attribute.getValue(), text);
    }
    return text.toString();
  }

  private static void escape(String value, StringBuilder text) {
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '\\' || c == '|' || c == ',' || c == '=') {
        text.append('\\');
      }
      text.append(c);
    }
  }

  static Series read(String key) {
    var unitAt = key.indexOf('|');
    var attributesAt = key.indexOf('|', unitAt + 1);
    if (unitAt < 0 || attributesAt < 0) {
      throw new IllegalArgumentException("not a series key");
    }
    var series =
        new Series(
            key.substring(0, unitAt),
            key.substring(unitAt + 1, attributesAt),
            readAttributes(key, attributesAt + 1));
    if (!series.key().equals(key)) {
      throw new IllegalArgumentException("not a canonical series key");
    }
    return series;
  }

  private static SortedMap<String, String> readAttributes(String key, int from) {
    var attributes = new TreeMap<String, String>();
    var at = from;
    while (at < key.length()) {
      var equals = key.indexOf('=', at);
      if (equals < 0) {
        throw new IllegalArgumentException("not a series key");
      }
      var value = new StringBuilder();
      var end = equals + 1;
      for (; end < key.length() && key.charAt(end) != ','; end++) {
        if (key.charAt(end) == '\\' && end + 1 < key.length()) {
          end++;
        }
        value.append(key.charAt(end));
      }
      attributes.put(key.substring(at, equals), value.toString());
      at = end + 1;
    }
    return attributes;
  }
}
