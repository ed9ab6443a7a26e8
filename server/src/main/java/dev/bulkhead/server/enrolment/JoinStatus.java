package dev.bulkhead.server.enrolment;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a join code stands.
///
/// @param host the host that joined with it
/// @param failure the last attempt that failed, while nobody joined
public record JoinStatus(
    UUID tenant,
    UUID id,
    State state,
    @Nullable JoinedHost host,
    @Nullable Failure failure,
    Instant expiresAt) {

  /// What became of the code so far.
  public enum State {
    WAITING,
    JOINED,
    /// The last attempt failed; the code may still be used.
    FAILED,
    /// Past its time, or cancelled.
    EXPIRED;

    /// Such as `waiting`.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Who joined.
  ///
  /// @param deviceFingerprint base64url of SHA-256 of the device key
  public record JoinedHost(UUID id, String name, String deviceFingerprint) {}

  /// An attempt that failed.
  public record Failure(JoinFailure cause, Instant at) {}
}
