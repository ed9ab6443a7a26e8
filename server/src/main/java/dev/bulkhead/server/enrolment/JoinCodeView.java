package dev.bulkhead.server.enrolment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A join code as the API and the live views show it.
///
/// @param state `waiting`, `joined`, `failed` or `expired`
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JoinCodeView(
    UUID id,
    String state,
    JoinStatus.@Nullable JoinedHost host,
    @Nullable FailureView failure,
    Instant expiresAt) {

  /// Why the last attempt failed, and what to do about it.
  public record FailureView(String cause, String remedy, Instant at) {}

  public static JoinCodeView of(JoinStatus status) {
    final JoinStatus.Failure failure = status.failure();
    return new JoinCodeView(
        status.id(),
        status.state().code(),
        status.host(),
        failure == null
            ? null
            : new FailureView(failure.cause().code(), failure.cause().remedy(), failure.at()),
        status.expiresAt());
  }
}
