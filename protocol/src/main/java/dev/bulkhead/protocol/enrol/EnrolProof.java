package dev.bulkhead.protocol.enrol;

import dev.bulkhead.protocol.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.UUID;

/// What a device key signs when its host joins, and when the host asks for another certificate.
///
/// The digest is SHA-256(`bulkhead/enrol/1` or `bulkhead/renew/1` ‖ 0x00 ‖ PKCS#10 DER ‖ id 16
/// bytes ‖ time, milliseconds since 1970, 8 bytes big-endian); the id is that of the join code, or
/// of the host. The signature is `SHA256withECDSA`, DER, with those 32 bytes as its message.
///
/// @param digest what is signed
public record EnrolProof(Sha256 digest) {

  private static final String ALGORITHM = "SHA256withECDSA";
  // A DER signature of P-256 is at most 72 bytes.
  private static final int MAX_SIGNATURE = 80;

  /// The proof for joining with the code `joinId`.
  public static EnrolProof forEnrol(byte[] csr, UUID joinId, Instant time) {
    return of("bulkhead/enrol/1", csr, joinId, time);
  }

  /// The proof for renewing the certificate of `hostId`.
  public static EnrolProof forRenew(byte[] csr, UUID hostId, Instant time) {
    return of("bulkhead/renew/1", csr, hostId, time);
  }

  private static EnrolProof of(String label, byte[] csr, UUID id, Instant time) {
    byte[] tail =
        ByteBuffer.allocate(24)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putLong(time.toEpochMilli())
            .array();
    return new EnrolProof(
        Sha256.digest((label + "\0").getBytes(StandardCharsets.US_ASCII), csr, tail));
  }

  /// Signs with the device's private key.
  ///
  /// @throws InvalidKeyException when the key is not one of an elliptic curve
  public byte[] sign(PrivateKey deviceKey) throws InvalidKeyException {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(deviceKey);
      signature.update(digest.bytes());
      return signature.sign();
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with " + ALGORITHM, e);
    }
  }

  /// Whether `signature` is that of the device key; false for anything malformed too.
  public boolean isSignedBy(PublicKey deviceKey, byte[] signature) {
    if (signature.length > MAX_SIGNATURE) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(deviceKey);
      verifier.update(digest.bytes());
      return verifier.verify(signature);
    } catch (InvalidKeyException | SignatureException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot verify " + ALGORITHM, e);
    }
  }
}
