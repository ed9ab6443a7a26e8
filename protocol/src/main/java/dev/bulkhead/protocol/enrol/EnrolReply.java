package dev.bulkhead.protocol.enrol;

import java.time.Instant;
import java.util.UUID;

/// The answer to both requests, with the fields' names as they travel.
///
/// @param hostId names the host from now on; also its OpAMP instance uid
/// @param tenant the tenant that it belongs to
/// @param certificate the host's certificate, PEM
/// @param authority the certificate of the authority that made it, PEM
/// @param notAfter when the certificate ends
/// @param serverTime the server's clock when it answered
public record EnrolReply(
    UUID hostId,
    UUID tenant,
    String certificate,
    String authority,
    Instant notAfter,
    Instant serverTime) {

  /// Checks lengths.
  ///
  /// @throws IllegalArgumentException when a certificate is missing or too long
  public EnrolReply {
    EnrolLimits.checkLength("certificate", certificate, 1, EnrolLimits.MAX_BODY / 2);
    EnrolLimits.checkLength("authority", authority, 1, EnrolLimits.MAX_BODY / 2);
  }
}
