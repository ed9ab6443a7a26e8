package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.access.SignedIn;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a join code stands.
///
/// @param createdBy who made it
/// @param host the host that joined with it
/// @param failure the last attempt that failed, while nobody joined
public record JoinStatus(
    UUID tenant,
    UUID id,
    UUID createdBy,
    State state,
    @Nullable JoinedHost host,
    @Nullable Failure failure,
    Instant expiresAt) {

  /// Whether somebody may see it: a person whose role is about some hosts sees their own codes.
  boolean isShownTo(SignedIn who) {
    return who.scope().isWhole() || createdBy.equals(who.personId());
  }

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
