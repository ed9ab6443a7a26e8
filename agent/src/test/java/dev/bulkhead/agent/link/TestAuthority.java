package dev.bulkhead.agent.link;

import dev.bulkhead.protocol.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority made for one test.
final class TestAuthority {

  final KeyPair key = newKey();
  final X509Certificate certificate;

  TestAuthority() {
    certificate =
        sign("CN=test authority", key.getPublic(), Instant.now(), Duration.ofDays(3650), null);
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Sha256 fingerprint() throws GeneralSecurityException {
    return Sha256.digest(certificate.getEncoded());
  }

  /// A certificate for anybody; without names it is an authority's.
  X509Certificate sign(
      String subject,
      PublicKey of,
      Instant from,
      Duration life,
      @org.jspecify.annotations.Nullable GeneralNames names) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              new X500Name("CN=test authority"),
              new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
              Date.from(from.minusSeconds(60)),
              Date.from(from.plus(life)),
              new X500Name(subject),
              SubjectPublicKeyInfo.getInstance(of.getEncoded()));
      if (names == null) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      } else {
        builder.addExtension(Extension.subjectAlternativeName, false, names);
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  X509Certificate signHost(PublicKey of, Instant from, Duration life) {
    return sign(
        "CN=host",
        of,
        from,
        life,
        new GeneralNames(
            new GeneralName(GeneralName.uniformResourceIdentifier, "urn:bulkhead:test")));
  }

  /// The context of a server whose certificate names an address and that shows this authority too.
  SSLContext serverContext(Instant from, GeneralName... names)
      throws GeneralSecurityException, IOException {
    KeyPair serverKey = newKey();
    X509Certificate leaf =
        sign("CN=server", serverKey.getPublic(), from, Duration.ofDays(1), new GeneralNames(names));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server", serverKey.getPrivate(), new char[0], new X509Certificate[] {leaf, certificate});
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keys, new char[0]);
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
