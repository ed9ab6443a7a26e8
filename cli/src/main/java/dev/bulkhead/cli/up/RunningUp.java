package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A `bulkhead up` that runs on a state directory at this moment.
///
/// @param pid its process
/// @param port the UI's port on 127.0.0.1
/// @param linkPort the agent link's port
/// @param since when it started
public record RunningUp(long pid, int port, int linkPort, Instant since) {

  /// Looks at the lock of a state directory.
  ///
  /// @return empty when no supervisor lives there
  /// @throws CommandFailure when this user may not look
  public static Optional<RunningUp> find(Path state) {
    try {
      return StateLock.findHolder(new StateDirectory(state).lock())
          .map(h -> new RunningUp(h.pid(), h.port(), h.linkPort(), h.startedAt()));
    } catch (AccessDeniedException e) {
      throw new CommandFailure(
          "No permission to look into "
              + state
              + ".\nRun this as the user who runs `bulkhead up`, or as root.",
          e);
    } catch (IOException e) {
      throw new CommandFailure("Could not read the lock of " + state + ": " + e.getMessage(), e);
    }
  }
}
