package dev.bulkhead.protocol.enrol;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// The body of `POST /v1/enrol`, with the fields' names as they travel.
///
/// `toString` hides the enrol key.
///
/// @param version 1
/// @param joinId names the join code
/// @param tenant the tenant that the code was made for
/// @param enrolKey base64url without padding of the first key of the join secret, 32 bytes
/// @param deviceKey base64url without padding of the device key's SubjectPublicKeyInfo, EC P-256
/// @param deviceProof base64url without padding of the signature of [EnrolProof]
/// @param time the agent's clock, to the millisecond
/// @param proveMac base64url without padding of HMAC-SHA256 under the second key of the join secret
/// @param csr base64 of the PKCS#10 request for the TLS key, DER
/// @param hostname at most 253 characters
/// @param os what the system calls itself, at most 128 characters
/// @param architecture for example `amd64`, at most 128 characters
/// @param agentVersion at most 128 characters
public record EnrolRequest(
    int version,
    UUID joinId,
    UUID tenant,
    String enrolKey,
    String deviceKey,
    String deviceProof,
    Instant time,
    String proveMac,
    String csr,
    String hostname,
    String os,
    String architecture,
    String agentVersion) {

  private static final int KEY_CHARACTERS = 43;

  /// Checks version and lengths.
  ///
  /// @throws IllegalArgumentException when a field is out of bounds; the message begins with its
  ///     name
  public EnrolRequest {
    EnrolLimits.checkVersion(version);
    EnrolLimits.checkLength("enrolKey", enrolKey, KEY_CHARACTERS, KEY_CHARACTERS);
    EnrolLimits.checkLength("deviceKey", deviceKey, 1, 128);
    EnrolLimits.checkLength("deviceProof", deviceProof, 1, 112);
    EnrolLimits.checkLength("proveMac", proveMac, KEY_CHARACTERS, KEY_CHARACTERS);
    EnrolLimits.checkLength("csr", csr, 1, EnrolLimits.MAX_CSR);
    EnrolLimits.checkText("hostname", hostname, EnrolLimits.MAX_HOSTNAME);
    EnrolLimits.checkText("os", os, EnrolLimits.MAX_DESCRIPTION);
    EnrolLimits.checkText("architecture", architecture, EnrolLimits.MAX_DESCRIPTION);
    EnrolLimits.checkText("agentVersion", agentVersion, EnrolLimits.MAX_DESCRIPTION);
  }

  /// @throws IllegalArgumentException when the text is not base64url
  public byte[] enrolKeyBytes() {
    return Base64.getUrlDecoder().decode(enrolKey);
  }

  /// @throws IllegalArgumentException when the text is not base64url
  public byte[] deviceKeyBytes() {
    return Base64.getUrlDecoder().decode(deviceKey);
  }

  /// @throws IllegalArgumentException when the text is not base64url
  public byte[] deviceProofBytes() {
    return Base64.getUrlDecoder().decode(deviceProof);
  }

  /// @throws IllegalArgumentException when the text is not base64url
  public byte[] proveMacBytes() {
    return Base64.getUrlDecoder().decode(proveMac);
  }

  /// @throws IllegalArgumentException when the text is not base64
  public byte[] csrBytes() {
    return Base64.getDecoder().decode(csr);
  }

  @Override
  public String toString() {
    return "EnrolRequest[joinId=" + joinId + ", tenant=" + tenant + ", hostname=" + hostname + "]";
  }
}
