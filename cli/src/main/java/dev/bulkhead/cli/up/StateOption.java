package dev.bulkhead.cli.up;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option `--state`, for every verb that works on a state directory.
public final class StateOption {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where everything is kept. Default: /var/lib/bulkhead for root, else"
              + " $XDG_STATE_HOME/bulkhead or ~/.local/state/bulkhead.")
  private @Nullable Path state;

  /// Made by the verb that mixes it in.
  public StateOption() {}

  /// The absolute path, links resolved where it exists already.
  ///
  /// @throws dev.bulkhead.cli.CommandFailure when none was named and this user has no home
  ///     directory
  public Path directory() {
    Path directory = state == null ? StateHome.directory("bulkhead", "--state DIR") : state;
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      // It is not there yet, or this user may not see it.
      return directory.toAbsolutePath().normalize();
    }
  }
}
