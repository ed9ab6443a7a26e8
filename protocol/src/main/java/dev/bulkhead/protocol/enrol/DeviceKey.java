package dev.bulkhead.protocol.enrol;

import dev.bulkhead.protocol.Sha256;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/// The public half of the key that a host keeps for life: EC P-256.
public final class DeviceKey {

  /// Length of a P-256 SubjectPublicKeyInfo in DER, with an uncompressed point.
  public static final int ENCODED_LENGTH = 91;

  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private DeviceKey() {}

  /// Reads a SubjectPublicKeyInfo in DER.
  ///
  /// @throws InvalidKeySpecException when it is not a P-256 key in its one canonical encoding
  public static PublicKey decode(byte[] encoded) throws InvalidKeySpecException {
    if (encoded.length != ENCODED_LENGTH) {
      throw new InvalidKeySpecException("a P-256 key has " + ENCODED_LENGTH + " bytes");
    }
    PublicKey key;
    try {
      key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no elliptic curves", e);
    }
    if (!(key instanceof ECPublicKey ec)
        || !isP256(ec.getParams())
        || !isOnCurve(ec)
        || !Arrays.equals(key.getEncoded(), encoded)) {
      throw new InvalidKeySpecException("not a P-256 key");
    }
    return key;
  }

  /// SHA-256 of the SubjectPublicKeyInfo: what people compare and records name.
  public static Sha256 fingerprint(PublicKey key) {
    return Sha256.digest(key.getEncoded());
  }

  private static boolean isP256(ECParameterSpec parameters) {
    return parameters.getOrder().equals(P256_ORDER);
  }

  // The JDK's key factory takes any two numbers for a point.
  private static boolean isOnCurve(ECPublicKey key) {
    if (!(key.getParams().getCurve().getField() instanceof ECFieldFp field)) {
      return false;
    }
    BigInteger p = field.getP();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return y.pow(2).mod(p).equals(right);
  }
}
