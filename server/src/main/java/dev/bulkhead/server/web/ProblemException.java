package dev.bulkhead.server.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that the caller is told of. Its detail is shown; put nothing in it that the caller may
/// not know.
public final class ProblemException extends RuntimeException {
  private final ProblemType type;
  private final List<Problem.FieldError> errors;
  private final @Nullable Duration retryAfter;
  private final @Nullable String deniedReason;
  private final List<String> factors;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null, null, List.of());
  }

  private ProblemException(
      ProblemType type,
      String detail,
      List<Problem.FieldError> errors,
      @Nullable Duration retryAfter,
      @Nullable String deniedReason,
      List<String> factors) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
    this.deniedReason = deniedReason;
    this.factors = List.copyOf(factors);
  }

  /// One field that needs another value.
  public static ProblemException field(String field, String message) {
    return new ProblemException(
        ProblemType.VALIDATION,
        field + ": " + message,
        List.of(new Problem.FieldError(field, message)),
        null,
        null,
        List.of());
  }

  /// Too many of something; the answer carries `Retry-After`.
  public static ProblemException limited(ProblemType type, String detail, Duration retryAfter) {
    return new ProblemException(type, detail, List.of(), retryAfter, null, List.of());
  }

  /// Somebody tried what they may not, which goes on the record whatever they are answered.
  ///
  /// @param reason a code for the record, such as `scope`
  public static ProblemException denied(ProblemType type, String detail, String reason) {
    return new ProblemException(type, detail, List.of(), null, reason, List.of());
  }

  /// Only a session that proved a factor lately may do this.
  ///
  /// @param factors of which one is to be proved first
  public static ProblemException stepUp(List<String> factors) {
    return new ProblemException(
        ProblemType.STEP_UP_REQUIRED,
        "This needs a proof that is not older than ten minutes.",
        List.of(),
        null,
        null,
        factors);
  }

  public ProblemType type() {
    return type;
  }

  /// How long the caller should wait, for `Retry-After`.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /// Why it counts as a denied attempt, when it does.
  public Optional<String> deniedReason() {
    return Optional.ofNullable(deniedReason);
  }

  /// The body of the answer.
  public Problem problem() {
    return Problem.of(type, type.status(), getMessage(), errors).withFactors(factors);
  }
}
