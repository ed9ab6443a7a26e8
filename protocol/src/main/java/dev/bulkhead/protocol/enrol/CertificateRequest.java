package dev.bulkhead.protocol.enrol;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/// A PKCS#10 certificate request (RFC 2986) for an EC P-256 key.
public final class CertificateRequest {

  // 2.5.4.3 commonName
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
  // 1.2.840.10045.4.3.2 ecdsa-with-SHA256
  private static final byte[] ECDSA_SHA256 = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] VERSION_0 = {DerWriter.INTEGER, 0x01, 0x00};

  private CertificateRequest() {}

  /// The DER of a request whose subject is `CN=commonName`; the authority decides what it
  /// certifies.
  ///
  /// @throws GeneralSecurityException when the key cannot sign
  public static byte[] create(KeyPair key, String commonName) throws GeneralSecurityException {
    byte[] attribute = DerWriter.value(DerWriter.SEQUENCE, COMMON_NAME, DerWriter.text(commonName));
    byte[] subject = DerWriter.value(DerWriter.SEQUENCE, DerWriter.value(DerWriter.SET, attribute));
    byte[] info =
        DerWriter.value(
            DerWriter.SEQUENCE,
            VERSION_0,
            subject,
            key.getPublic().getEncoded(),
            DerWriter.value(DerWriter.CONTEXT_0));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(info);
    byte[] algorithm = DerWriter.value(DerWriter.SEQUENCE, ECDSA_SHA256);
    return DerWriter.value(DerWriter.SEQUENCE, info, algorithm, DerWriter.bits(signature.sign()));
  }
}
