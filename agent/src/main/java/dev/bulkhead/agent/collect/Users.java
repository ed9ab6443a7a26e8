package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of users by number, read again when the file has changed.
final class Users {

  private static final int MAX_LENGTH = 1024 * 1024;

  private final Path passwd;
  private @Nullable FileTime readAt;
  private Map<String, String> names = Map.of();

  Users(Path passwd) {
    this.passwd = passwd;
  }

  /// The name, or the number itself where there is none.
  String nameOf(long uid) {
    refresh();
    String number = Long.toString(uid);
    return names.getOrDefault(number, number);
  }

  private void refresh() {
    try {
      FileTime changed = Files.getLastModifiedTime(passwd);
      if (!changed.equals(readAt) && Files.size(passwd) <= MAX_LENGTH) {
        names = parse(new String(Files.readAllBytes(passwd), StandardCharsets.UTF_8));
        readAt = changed;
      }
    } catch (IOException _) {
      // Numbers are shown instead.
      names = Map.of();
    }
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> names = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(":", 4);
      if (fields.length == 4 && !fields[0].isEmpty()) {
        names.putIfAbsent(fields[2], fields[0]);
      }
    }
    return names;
  }
}
