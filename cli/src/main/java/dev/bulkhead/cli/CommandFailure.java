package dev.bulkhead.cli;

/// A verb could not do its work, for a reason that the operator can understand and mend.
///
/// The message is printed as it is: it says what happened, then what to do.
public class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param message what happened, then what to do; lines may be broken with `\n`
  public CommandFailure(String message) {
    super(message);
  }

  /// @param message what happened, then what to do
  /// @param cause kept for a debugger, not printed
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
