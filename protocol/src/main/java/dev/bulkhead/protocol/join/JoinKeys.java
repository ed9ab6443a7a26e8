package dev.bulkhead.protocol.join;

import dev.bulkhead.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The two keys that a join secret yields (HKDF-SHA256, RFC 5869, empty salt, 32 bytes each).
///
/// The server knows a digest of the first and never the second: with the second the joining agent
/// proves its public key to whoever made the code.
final class JoinKeys {

  private JoinKeys() {}

  static Secret enrolKey(Secret secret) {
    return derive(secret, "bulkhead/join/enrol/1");
  }

  static Secret proveKey(Secret secret) {
    return derive(secret, "bulkhead/join/prove/1");
  }

  static byte[] proveMac(Secret proveKey, byte[] deviceKey, byte[] csr) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(proveKey.reveal(), "HmacSHA256"));
      mac.update(deviceKey);
      mac.update(csr);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }

  private static Secret derive(Secret secret, String info) {
    try {
      HKDFParameterSpec parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(secret.reveal())
              .thenExpand(info.getBytes(StandardCharsets.US_ASCII), 32);
      return Secret.of(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", e);
    }
  }
}
