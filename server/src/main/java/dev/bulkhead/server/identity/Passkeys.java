package dev.bulkhead.server.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.data.extension.client.AuthenticationExtensionsClientOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Passkeys (WebAuthn Level 3): discoverable, with user verification required, so that one is both
/// factors at once. A user handle is the tenant's id and the person's, 32 bytes: signing in needs
/// no look-up across tenants. Thread-safe.
@Component
public final class Passkeys {
  static final int CHALLENGE_BYTES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
  private static final int HANDLE_BYTES = 4 * Long.BYTES;
  private static final int TIMEOUT_MILLIS = 120_000;
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.EdDSA),
          new PublicKeyCredentialParameters(
              PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager webAuthn =
      WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /// The page that asks: its origin and the relying party's id, which is the origin's host.
  public record Site(String origin, String rpId) {}

  /// Whose passkey it says it is, before anything is proved.
  @SuppressWarnings("ArrayRecordComponent") // lives within one request
  record Claim(UUID tenantId, UUID personId, byte[] credentialId, AuthenticationData data) {}

  Map<String, Object> creationOptions(
      Site site, UUID tenant, UUID person, String name, byte[] challenge, List<byte[]> excluded) {
    return Map.of(
        "rp", Map.of("id", site.rpId(), "name", "Bulkhead"),
        "user", Map.of("id", base64(handle(tenant, person)), "name", name, "displayName", name),
        "challenge", base64(challenge),
        "excludeCredentials", descriptors(excluded),
        "pubKeyCredParams",
            ALGORITHMS.stream()
                .map(
                    a ->
                        Map.of(
                            "type",
                            "public-key",
                            "alg",
                            Objects.requireNonNull(a.getAlg()).getValue()))
                .toList(),
        "timeout", TIMEOUT_MILLIS,
        "attestation", "none",
        "authenticatorSelection",
            Map.of(
                "residentKey",
                "required",
                "requireResidentKey",
                true,
                "userVerification",
                "required"));
  }

  Map<String, Object> requestOptions(Site site, byte[] challenge, List<byte[]> allowed) {
    return Map.of(
        "challenge", base64(challenge),
        "rpId", site.rpId(),
        "timeout", TIMEOUT_MILLIS,
        "userVerification", "required",
        "allowCredentials", descriptors(allowed));
  }

  private static List<Map<String, String>> descriptors(List<byte[]> credentialIds) {
    return credentialIds.stream()
        .map(id -> Map.of("type", "public-key", "id", base64(id)))
        .toList();
  }

  /// The passkey that a page created for this challenge; empty when anything about it is wrong.
  Optional<PersonRepository.Passkey> register(
      Site site, byte[] challenge, UUID person, String responseJson) {
    try {
      final RegistrationData data =
          webAuthn.verifyRegistrationResponseJSON(
              responseJson,
              new RegistrationParameters(property(site, challenge), ALGORITHMS, true, true));
      final var authenticator =
          Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
      final var credential = Objects.requireNonNull(authenticator.getAttestedCredentialData());
      return Optional.of(
          new PersonRepository.Passkey(
              credential.getCredentialId(),
              person,
              credentials.convert(credential),
              authenticator.getSignCount(),
              authenticator.isFlagBE()));
    } catch (VerificationException | DataConversionException wrong) {
      LOG.atInfo().setMessage("passkey refused").addKeyValue("reason", wrong.getMessage()).log();
      return Optional.empty();
    }
  }

  /// Reads whose passkey answered.
  @SuppressWarnings("NullAway") // WebAuthn4J marks the bytes nullable where it means the array
  Optional<Claim> claim(String responseJson) {
    try {
      final AuthenticationData data = webAuthn.parseAuthenticationResponseJSON(responseJson);
      final byte @Nullable [] handle = data.getUserHandle();
      final byte @Nullable [] credentialId = data.getCredentialId();
      if (handle == null || handle.length != HANDLE_BYTES || credentialId == null) {
        return Optional.empty();
      }
      final ByteBuffer ids = ByteBuffer.wrap(handle);
      return Optional.of(
          new Claim(
              new UUID(ids.getLong(), ids.getLong()),
              new UUID(ids.getLong(), ids.getLong()),
              credentialId,
              data));
    } catch (DataConversionException wrong) {
      return Optional.empty();
    }
  }

  /// The new signature counter when the claim proves itself for this challenge.
  Optional<Long> verify(
      Site site, byte[] challenge, Claim claim, PersonRepository.Passkey passkey) {
    final CredentialRecordImpl record =
        new CredentialRecordImpl(
            new NoneAttestationStatement(),
            true,
            passkey.backupEligible(),
            false,
            passkey.signCount(),
            credentials.convert(passkey.attestedCredential()),
            new AuthenticationExtensionsAuthenticatorOutputs<>(),
            null,
            new AuthenticationExtensionsClientOutputs<>(),
            Set.of());
    try {
      final AuthenticationData data =
          webAuthn.verify(
              claim.data(),
              new AuthenticationParameters(property(site, challenge), record, null, true, true));
      return Optional.of(Objects.requireNonNull(data.getAuthenticatorData()).getSignCount());
    } catch (VerificationException wrong) {
      LOG.atInfo().setMessage("passkey refused").addKeyValue("reason", wrong.getMessage()).log();
      return Optional.empty();
    }
  }

  private static ServerProperty property(Site site, byte[] challenge) {
    return ServerProperty.builder()
        .origin(new Origin(site.origin()))
        .rpId(site.rpId())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  private static byte[] handle(UUID tenant, UUID person) {
    return ByteBuffer.allocate(HANDLE_BYTES)
        .putLong(tenant.getMostSignificantBits())
        .putLong(tenant.getLeastSignificantBits())
        .putLong(person.getMostSignificantBits())
        .putLong(person.getLeastSignificantBits())
        .array();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
