package dev.bulkhead.agent.json;

import java.util.List;

/// Writes JSON text, one call per value. Not thread-safe.
public final class JsonWriter {

  private final StringBuilder out = new StringBuilder();
  private boolean first = true;

  /// Begins an object, as the next value.
  public JsonWriter beginObject() {
    separate();
    out.append('{');
    first = true;
    return this;
  }

  /// Ends the object.
  public JsonWriter endObject() {
    out.append('}');
    first = false;
    return this;
  }

  /// Begins an array, as the next value.
  public JsonWriter beginArray() {
    separate();
    out.append('[');
    first = true;
    return this;
  }

  /// Ends the array.
  public JsonWriter endArray() {
    out.append(']');
    first = false;
    return this;
  }

  /// The name of the next value.
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    first = true;
    return this;
  }

  /// A string.
  public JsonWriter value(String text) {
    separate();
    quote(text);
    return this;
  }

  /// A whole number.
  public JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  /// A number with at most four digits after the point.
  ///
  /// @throws IllegalArgumentException when it is not finite
  public JsonWriter value(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has finite numbers only");
    }
    separate();
    out.append(Math.round(number * 10_000) / 10_000.0);
    return this;
  }

  /// A member whose value is a string.
  public JsonWriter member(String name, String text) {
    return name(name).value(text);
  }

  /// A member whose value is an array of strings.
  public JsonWriter member(String name, List<String> texts) {
    name(name).beginArray();
    texts.forEach(this::value);
    return endArray();
  }

  /// The text so far.
  @Override
  public String toString() {
    return out.toString();
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
