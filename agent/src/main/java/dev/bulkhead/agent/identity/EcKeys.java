package dev.bulkhead.agent.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// EC P-256 keys, made and kept as two PEM blocks: the private and the public half.
final class EcKeys {

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private EcKeys() {}

  static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static String encode(KeyPair key) {
    return Pem.encode(PRIVATE, key.getPrivate().getEncoded())
        + Pem.encode(PUBLIC, key.getPublic().getEncoded());
  }

  static KeyPair decode(String pem) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    try {
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(Pem.decode(PUBLIC, pem))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(PRIVATE, pem))));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not a key file", e);
    }
  }
}
