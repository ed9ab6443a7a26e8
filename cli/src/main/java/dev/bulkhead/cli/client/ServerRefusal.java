package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;

/// The server answered with a failure (RFC 9457).
public final class ServerRefusal extends CommandFailure {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ServerRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /// The HTTP status, 400 to 599.
  public int status() {
    return status;
  }

  /// The stable code, such as `not_found`; empty when the answer had none.
  public String code() {
    return code;
  }
}
