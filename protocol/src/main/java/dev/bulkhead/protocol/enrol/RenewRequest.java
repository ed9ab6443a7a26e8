package dev.bulkhead.protocol.enrol;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// The body of `POST /v1/renew`, with the fields' names as they travel.
///
/// @param version 1
/// @param hostId the host whose certificate is to be renewed
/// @param tenant its tenant
/// @param time the agent's clock, to the millisecond
/// @param csr base64 of the PKCS#10 request for the new TLS key, DER
/// @param deviceProof base64url without padding of the signature of [EnrolProof]
public record RenewRequest(
    int version, UUID hostId, UUID tenant, Instant time, String csr, String deviceProof) {

  /// Checks version and lengths.
  ///
  /// @throws IllegalArgumentException when a field is out of bounds; the message begins with its
  ///     name
  public RenewRequest {
    EnrolLimits.checkVersion(version);
    EnrolLimits.checkLength("csr", csr, 1, EnrolLimits.MAX_CSR);
    EnrolLimits.checkLength("deviceProof", deviceProof, 1, 112);
  }

  /// @throws IllegalArgumentException when the text is not base64
  public byte[] csrBytes() {
    return Base64.getDecoder().decode(csr);
  }

  /// @throws IllegalArgumentException when the text is not base64url
  public byte[] deviceProofBytes() {
    return Base64.getUrlDecoder().decode(deviceProof);
  }
}
