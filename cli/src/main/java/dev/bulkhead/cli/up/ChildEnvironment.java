package dev.bulkhead.cli.up;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment that children get: not the supervisor's, in which anything could stand.
final class ChildEnvironment {

  private static final List<String> KEPT = List.of("PATH", "LANG", "TZ");
  private static final String SETTINGS = "BULKHEAD_";
  // These tell this program which server to ask, and the server nothing.
  private static final List<String> OURS = List.of("BULKHEAD_SERVER", "BULKHEAD_TOKEN_FILE");

  private ChildEnvironment() {}

  /// For the server: what overrides its configuration passes too.
  static Map<String, String> ofServer(Map<String, String> ours) {
    Map<String, String> environment = kept(ours);
    ours.forEach(
        (name, value) -> {
          if (name.startsWith(SETTINGS) && !OURS.contains(name)) {
            environment.put(name, value);
          }
        });
    environment.put("MALLOC_ARENA_MAX", "2");
    return Map.copyOf(environment);
  }

  static Map<String, String> ofAgent(Map<String, String> ours) {
    Map<String, String> environment = kept(ours);
    environment.put("MALLOC_ARENA_MAX", "1");
    return Map.copyOf(environment);
  }

  private static Map<String, String> kept(Map<String, String> ours) {
    Map<String, String> environment = new LinkedHashMap<>(ours);
    environment.keySet().retainAll(KEPT);
    return environment;
  }
}
