package dev.bulkhead.agent.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value. Values are immutable.
public sealed interface Json {

  /// Parses a whole document of at most 64 KiB, nested at most 16 deep, without repeated names.
  ///
  /// @throws JsonFormatException when it is anything else
  static Json parse(String text) throws JsonFormatException {
    return new JsonParser(text).parseDocument();
  }

  /// An object, in the order of its text.
  record Obj(Map<String, Json> members) implements Json {

    /// Copies the map.
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// The text of a string member.
    ///
    /// @throws JsonFormatException when there is none of that name
    public String getString(String name) throws JsonFormatException {
      String value = findString(name);
      if (value == null) {
        throw new JsonFormatException("no text named " + name);
      }
      return value;
    }

    /// The text of a string member, or null.
    public @Nullable String findString(String name) {
      return members.get(name) instanceof Str(String value) ? value : null;
    }
  }

  /// An array.
  record Arr(List<Json> items) implements Json {

    /// Copies the list.
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A string.
  record Str(String value) implements Json {}

  /// A number.
  record Num(double value) implements Json {}

  /// True or false.
  record Bool(boolean value) implements Json {}

  /// Null.
  record Null() implements Json {}
}
