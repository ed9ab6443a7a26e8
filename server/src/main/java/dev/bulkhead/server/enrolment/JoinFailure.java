package dev.bulkhead.server.enrolment;

import java.util.Locale;
import java.util.Optional;

/// Why an attempt to join failed, as the dialog that waits for it says.
public enum JoinFailure {
  EXPIRED("The code was good for 15 minutes. Make a new one."),
  USED("A code joins one host. Make another one for this host."),
  CLOCK_OFF(
      "The host's clock differs from the server's by more than a minute. Set it right, then run the same command again."),
  REFUSED(
      "The code or the device key was refused. Copy the whole command again; if the host was joined before, remove its state directory first."),
  BAD_REQUEST("The agent's request could not be read. Use an agent of the server's version.");

  private final String remedy;

  JoinFailure(String remedy) {
    this.remedy = remedy;
  }

  /// Stable, such as `clock_off`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a person can do.
  public String remedy() {
    return remedy;
  }

  static Optional<JoinFailure> ofCode(String code) {
    for (JoinFailure failure : values()) {
      if (failure.code().equals(code)) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
