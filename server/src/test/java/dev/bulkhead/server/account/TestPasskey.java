package dev.bulkhead.server.account;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An authenticator with one discoverable ES256 credential, as a browser would let a page use it.
final class TestPasskey {
  private static final byte PRESENT_AND_VERIFIED = 0x05;
  private static final byte PRESENT = 0x01;
  private static final byte WITH_CREDENTIAL = 0x40;

  private final String origin;
  private final KeyPair keys;
  private final byte[] id = new byte[32];
  private byte[] handle = new byte[0];
  private int count;

  TestPasskey(int port) {
    origin = "http://localhost:" + port;
    new SecureRandom().nextBytes(id);
    try {
      final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String credentialId() {
    return base64(id);
  }

  /// Answers a request for a new passkey.
  Map<String, Object> create(JsonNode options) {
    return create(options, true);
  }

  /// The same; `verified` tells whether the person showed who they are.
  Map<String, Object> create(JsonNode options, boolean verified) {
    handle = Base64.getUrlDecoder().decode(options.path("user").path("id").asString());
    final byte[] client = client("webauthn.create", options);
    final byte[] key = coseKey();
    final ByteBuffer data = ByteBuffer.allocate(37 + 16 + 2 + id.length + key.length);
    data.put(sha256("localhost".getBytes(StandardCharsets.UTF_8)));
    data.put((byte) ((verified ? PRESENT_AND_VERIFIED : PRESENT) | WITH_CREDENTIAL)).putInt(0);
    data.put(new byte[16]).putShort((short) id.length).put(id).put(key);
    final ByteArrayOutputStream attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    text(attestation, "fmt");
    text(attestation, "none");
    text(attestation, "attStmt");
    attestation.write(0xa0);
    text(attestation, "authData");
    bytes(attestation, data.array());
    return credential(
        Map.of(
            "clientDataJSON", base64(client),
            "attestationObject", base64(attestation.toByteArray())));
  }

  /// Answers a request to prove the passkey.
  Map<String, Object> get(JsonNode options) {
    final byte[] client = client("webauthn.get", options);
    count++;
    final byte[] data =
        ByteBuffer.allocate(37)
            .put(sha256("localhost".getBytes(StandardCharsets.UTF_8)))
            .put(PRESENT_AND_VERIFIED)
            .putInt(count)
            .array();
    return credential(
        Map.of(
            "clientDataJSON", base64(client),
            "authenticatorData", base64(data),
            "signature", base64(sign(data, sha256(client))),
            "userHandle", base64(handle)));
  }

  private Map<String, Object> credential(Map<String, Object> response) {
    return Map.of(
        "id", base64(id),
        "rawId", base64(id),
        "type", "public-key",
        "clientExtensionResults", Map.of(),
        "response", response);
  }

  private byte[] client(String type, JsonNode options) {
    return """
    {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}"""
        .formatted(type, options.path("challenge").asString(), origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] sign(byte[] data, byte[] clientHash) {
    try {
      final Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(clientHash);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // RFC 9052: kty EC2, alg ES256, crv P-256, x, y.
  private byte[] coseKey() {
    final ECPublicKey key = (ECPublicKey) keys.getPublic();
    final ByteArrayOutputStream cose = new ByteArrayOutputStream();
    cose.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
    bytes(cose, unsigned(key.getW().getAffineX()));
    cose.write(0x22);
    bytes(cose, unsigned(key.getW().getAffineY()));
    return cose.toByteArray();
  }

  private static byte[] unsigned(BigInteger number) {
    final byte[] signed = number.toByteArray();
    final byte[] fixed = new byte[32];
    final int length = Math.min(signed.length, fixed.length);
    System.arraycopy(signed, signed.length - length, fixed, fixed.length - length, length);
    return fixed;
  }

  private static void text(ByteArrayOutputStream cbor, String text) {
    cbor.write(0x60 + text.length());
    cbor.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream cbor, byte[] bytes) {
    cbor.write(0x58);
    cbor.write(bytes.length);
    cbor.writeBytes(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
