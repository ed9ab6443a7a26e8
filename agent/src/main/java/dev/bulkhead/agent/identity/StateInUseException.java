package dev.bulkhead.agent.identity;

import java.io.IOException;
import java.nio.file.Path;

/// Another process holds the state directory.
public final class StateInUseException extends IOException {

  StateInUseException(Path directory, String holder) {
    super(directory + " is in use by " + holder);
  }
}
