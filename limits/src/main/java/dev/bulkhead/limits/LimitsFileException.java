package dev.bulkhead.limits;

import java.nio.file.Path;

/// The file of the limits cannot be used; the message says why, and what to do.
public final class LimitsFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimitsFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  LimitsFileException(Path file, String problem, Exception cause) {
    super(file + ": " + problem, cause);
  }
}
