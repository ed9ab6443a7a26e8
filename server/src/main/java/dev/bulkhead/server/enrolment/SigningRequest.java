package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.enrol.DeviceKey;
import java.io.IOException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/// A PKCS#10 request, of which only the key counts: names and extensions that it asks for are
/// ignored.
final class SigningRequest {
  private static final int MAX_BYTES = 4096;

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]*)-----END (?:NEW )?CERTIFICATE REQUEST-----");

  private SigningRequest() {}

  /// The same for a request as PEM (RFC 7468) or as base64 of its DER; empty for anything else.
  static Optional<PublicKey> parseText(String text) {
    final Matcher pem = PEM.matcher(text);
    try {
      return parse(Base64.getMimeDecoder().decode(pem.find() ? pem.group(1) : text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// The P-256 key of a request that is signed with it; empty for anything else.
  static Optional<PublicKey> parse(byte[] der) {
    if (der.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      final PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      final PublicKey key = DeviceKey.decode(request.getSubjectPublicKeyInfo().getEncoded());
      final boolean signed =
          request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
      return signed ? Optional.of(key) : Optional.empty();
    } catch (IOException
        | InvalidKeySpecException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException malformed) {
      // The ASN.1 reader throws the unchecked ones for what is no request.
      return Optional.empty();
    }
  }
}
