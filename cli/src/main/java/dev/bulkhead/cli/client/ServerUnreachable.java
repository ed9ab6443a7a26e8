package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;

/// The server does not answer at this moment, though `bulkhead up` runs; it may well in the next.
public final class ServerUnreachable extends CommandFailure {

  private static final long serialVersionUID = 1L;

  ServerUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
