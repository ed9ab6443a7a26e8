package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.util.Objects;

/// An attempt to join or renew that is refused: what the host is told, and what the dialog shows.
final class JoinRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ProblemType type;
  private final JoinFailure failure;

  JoinRefused(ProblemType type, JoinFailure failure, String detail) {
    super(detail, null, false, false);
    this.type = type;
    this.failure = failure;
  }

  JoinFailure failure() {
    return failure;
  }

  /// The stable code of the answer, for the record.
  String reason() {
    return type.code();
  }

  ProblemException problem() {
    return new ProblemException(type, Objects.requireNonNull(getMessage()));
  }
}
