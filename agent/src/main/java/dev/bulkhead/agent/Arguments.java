package dev.bulkhead.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words after a command: options with a value, flags, and the rest.
final class Arguments {

  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<String> rest = new ArrayList<>();

  /// Reads the words.
  ///
  /// @param withValue options that a value follows, as `--name value` or `--name=value`
  /// @param flags options without
  /// @throws UsageException for any other option, and for a missing value
  static Arguments parse(List<String> words, Set<String> withValue, Set<String> flags) {
    Arguments arguments = new Arguments();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
      if (withValue.contains(name)) {
        boolean inline = !name.equals(word);
        if (!inline && (++i == words.size() || words.get(i).startsWith("--"))) {
          throw new UsageException(name + " wants a value");
        }
        arguments.options.put(name, inline ? word.substring(equals + 1) : words.get(i));
      } else if (flags.contains(word)) {
        arguments.options.put(word, "");
      } else if (word.startsWith("--")) {
        throw new UsageException("unknown option " + name);
      } else {
        arguments.rest.add(word);
      }
    }
    return arguments;
  }

  @Nullable String find(String name) {
    return options.get(name);
  }

  boolean has(String name) {
    return options.containsKey(name);
  }

  List<String> rest() {
    return rest;
  }

  /// The command line is not one that the program knows.
  static final class UsageException extends RuntimeException {
    UsageException(String message) {
      super(message);
    }
  }
}
