package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.fleet.HostKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The three kinds of certificate that the authority makes, and their texts.
final class CertificateForms {
  // A client whose clock is a little behind must not see a certificate of the future.
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int SERIAL_BYTES = 16;
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate authority;
  private final PrivateKey key;

  CertificateForms(X509Certificate authority, PrivateKey key) {
    this.authority = authority;
    this.key = key;
  }

  static X509Certificate authority(KeyPair pair, UUID id, Instant now, Duration lifetime) {
    final X500Name name = new X500Name("CN=Bulkhead agent link " + id);
    try {
      final X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              serial(),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(lifetime)),
              name,
              pair.getPublic());
      add(builder, Extension.basicConstraints, true, new BasicConstraints(0));
      add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      add(
          builder,
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return sign(builder, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the authority's certificate", e);
    }
  }

  X509Certificate host(HostKey host, PublicKey tlsKey, Instant now, Duration lifetime) {
    final String uri = "urn:bulkhead:tenant:%s:host:%s".formatted(host.tenant(), host.host());
    return leaf(
        new X500Name("CN=" + host.host()),
        tlsKey,
        now,
        lifetime,
        KeyPurposeId.id_kp_clientAuth,
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
  }

  X509Certificate link(List<String> names, PublicKey tlsKey, Instant now, Duration lifetime) {
    final GeneralName[] all =
        names.stream().distinct().map(CertificateForms::name).toArray(GeneralName[]::new);
    return leaf(
        new X500Name("CN=Bulkhead agent link"),
        tlsKey,
        now,
        lifetime,
        KeyPurposeId.id_kp_serverAuth,
        new GeneralNames(all));
  }

  static byte[] encode(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of ours does not encode", e);
    }
  }

  static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + PEM.encodeToString(encode(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  private X509Certificate leaf(
      X500Name subject,
      PublicKey tlsKey,
      Instant now,
      Duration lifetime,
      KeyPurposeId purpose,
      GeneralNames names) {
    try {
      final X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
              serial(),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(lifetime)),
              subject,
              tlsKey);
      add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
      add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      add(builder, Extension.subjectAlternativeName, false, names);
      add(
          builder,
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.getPublicKey()));
      return sign(builder, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate", e);
    }
  }

  private static GeneralName name(String name) {
    final boolean address = name.indexOf(':') >= 0 || IPV4.matcher(name).matches();
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static void add(
      X509v3CertificateBuilder builder,
      ASN1ObjectIdentifier extension,
      boolean critical,
      ASN1Encodable value) {
    try {
      builder.addExtension(extension, critical, value);
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension of ours does not encode", e);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("the authority cannot sign", e);
    }
  }

  // RFC 5280, section 4.1.2.2: positive, at most 20 octets.
  private static BigInteger serial() {
    final byte[] bytes = new byte[SERIAL_BYTES];
    RANDOM.nextBytes(bytes);
    return new BigInteger(1, bytes).setBit(0);
  }
}
