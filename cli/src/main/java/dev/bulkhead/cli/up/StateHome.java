package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.nio.file.Path;
import java.util.Map;

/// Where programs keep state on this machine, by the XDG base directory specification.
public final class StateHome {

  private StateHome() {}

  /// `/var/lib/NAME` for root, else `$XDG_STATE_HOME/NAME` or `~/.local/state/NAME`.
  ///
  /// @param option how to name another directory, such as `--state DIR`, for the message
  /// @throws CommandFailure when this user has no home directory
  public static Path directory(String name, String option) {
    if (Platform.isRoot()) {
      return Path.of("/var/lib", name);
    }
    Map<String, String> environment = System.getenv();
    String stateHome = environment.get("XDG_STATE_HOME");
    if (stateHome != null && Path.of(stateHome).isAbsolute()) {
      return Path.of(stateHome, name);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    if (home == null || home.isBlank()) {
      throw new CommandFailure("This user has no home directory.\nName one: " + option);
    }
    return Path.of(home, ".local", "state", name);
  }
}
