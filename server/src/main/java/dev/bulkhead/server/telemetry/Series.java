package dev.bulkhead.server.telemetry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What identifies one line of measurements of a host: metric, unit and attributes, as
/// OpenTelemetry names them. Two series are the same when their [#key()] is the same text.
///
/// A metric or attribute name is a letter or `_` followed by letters, digits and `_ . - /`, at most
/// [#MAX_NAME] characters; a unit is at most [#MAX_UNIT] printable ASCII characters; an attribute's
/// value is at most [#MAX_VALUE] characters, none of them a control character or half a surrogate
/// pair; there are at most [#MAX_ATTRIBUTES] attributes; the key has at most [#MAX_KEY] characters.
/// The limits bound what a hostile agent can make the store remember.
public final class Series {
  public static final int MAX_NAME = 128;
  public static final int MAX_UNIT = 32;
  public static final int MAX_VALUE = 256;
  public static final int MAX_ATTRIBUTES = 16;
  public static final int MAX_KEY = 512;

  private final String metric;
  private final String unit;
  private final SortedMap<String, String> attributes;
  private final String key;

  /// Throws [IllegalArgumentException] when a part is outside the limits above.
  public Series(String metric, String unit, Map<String, String> attributes) {
    if (!isName(metric)) {
      throw new IllegalArgumentException("metric name");
    }
    if (!isUnit(unit)) {
      throw new IllegalArgumentException("unit");
    }
    if (attributes.size() > MAX_ATTRIBUTES) {
      throw new IllegalArgumentException("number of attributes");
    }
    for (var attribute : attributes.entrySet()) {
      if (!isName(attribute.getKey())) {
        throw new IllegalArgumentException("attribute name");
      }
      if (!isValue(attribute.getValue())) {
        throw new IllegalArgumentException("attribute value");
      }
    }
    this.metric = metric;
    this.unit = unit;
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    this.key = SeriesKey.write(metric, unit, this.attributes);
    if (key.length() > MAX_KEY) {
      throw new IllegalArgumentException("length of all parts");
    }
  }

  /// Reads a [#key()]. Throws [IllegalArgumentException] for any other text.
  public static Series parse(String key) {
    return SeriesKey.read(key);
  }

  public String metric() {
    return metric;
  }

  public String unit() {
    return unit;
  }

  public SortedMap<String, String> attributes() {
    return attributes;
  }

  /// The canonical text, `metric|unit|name=value,…` with names in order; `\ | , =` in values are
  /// written with a backslash before them.
  public String key() {
    return key;
  }

  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > MAX_NAME) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      if (!isNameCharacter(text.charAt(i), i == 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameCharacter(char c, boolean first) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') {
      return true;
    }
    return !first && ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/');
  }

  static boolean isUnit(String text) {
    return text.length() <= MAX_UNIT
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '|' && c != '\\');
  }

  static boolean isValue(String text) {
    if (text.length() > MAX_VALUE) {
      return false;
    }
    // A lone surrogate comes back from codePoints() as itself.
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
