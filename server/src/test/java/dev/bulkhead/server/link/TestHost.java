package dev.bulkhead.server.link;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.protocol.enrol.RenewRequest;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.fleet.HostKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A host as the link sees one: its device key, its TLS key, and what it was given when it joined.
final class TestHost {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  final KeyPair device = newKeyPair();
  KeyPair tls = newKeyPair();
  private @Nullable HostKey key;
  private @Nullable X509Certificate certificate;

  /// A code that the owner just made, with a secret that only the caller knows.
  static JoinCode newCode(Owner owner) {
    final byte[] random = new byte[JoinCode.SECRET_LENGTH];
    new SecureRandom().nextBytes(random);
    final JoinCode draft =
        new JoinCode(
            1,
            owner.tenant(),
            Sha256.ZERO,
            Sha256.ZERO,
            Secret.of(random),
            new UUID(0, 0),
            List.of(new LinkAddress("127.0.0.1", 1)));
    final Browser.Answer answer =
        owner
            .browser()
            .post("/api/v1/join-codes", Map.of("secretDigest", draft.secretDigest().toBase64Url()));
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.text());
    }
    final JsonNode made = answer.json();
    final List<LinkAddress> addresses = new ArrayList<>();
    made.path("link")
        .path("addresses")
        .forEach(text -> addresses.add(LinkAddress.parse(text.asString()).orElseThrow()));
    return new JoinCode(
        1,
        UUID.fromString(made.path("tenant").asString()),
        Sha256.parseBase64Url(made.path("link").path("caFingerprint").asString()),
        Sha256.ZERO,
        draft.secret(),
        UUID.fromString(made.path("id").asString()),
        addresses);
  }

  /// A host that joined with a fresh code.
  static TestHost joined(Owner owner) {
    final JoinCode code = newCode(owner);
    final TestHost host = new TestHost();
    final LinkClient client = LinkClient.anonymous(code.addresses().getFirst().port());
    host.accept(client.post("/v1/enrol", host.enrol(code, Instant.now())));
    return host;
  }

  HostKey key() {
    return Objects.requireNonNull(key);
  }

  X509Certificate certificate() {
    return Objects.requireNonNull(certificate);
  }

  /// Uses another certificate from now on.
  void use(HostKey host, X509Certificate other) {
    key = host;
    certificate = other;
  }

  /// Takes the answer of a join or a renewal.
  void accept(LinkClient.Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.status() + " " + answer.body());
    }
    final JsonNode json = answer.json();
    use(
        new HostKey(
            UUID.fromString(json.path("tenant").asString()),
            UUID.fromString(json.path("hostId").asString())),
        certificate(json.path("certificate").asString()));
  }

  EnrolRequest enrol(JoinCode code, Instant time) {
    final byte[] csr = csr(tls);
    final byte[] spki = device.getPublic().getEncoded();
    final Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    try {
      return new EnrolRequest(
          1,
          code.joinId(),
          code.tenant(),
          URL.encodeToString(code.enrolKey().reveal()),
          URL.encodeToString(spki),
          URL.encodeToString(
              EnrolProof.forEnrol(csr, code.joinId(), millis).sign(device.getPrivate())),
          millis,
          URL.encodeToString(code.proveMac(spki, csr)),
          Base64.getEncoder().encodeToString(csr),
          "test-host",
          "Debian GNU/Linux 13",
          "amd64",
          "0.1.0");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A request for another certificate, for a new TLS key.
  RenewRequest renew(Instant time) {
    tls = newKeyPair();
    final byte[] csr = csr(tls);
    final Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    try {
      return new RenewRequest(
          1,
          key().host(),
          key().tenant(),
          millis,
          Base64.getEncoder().encodeToString(csr),
          URL.encodeToString(
              EnrolProof.forRenew(csr, key().host(), millis).sign(device.getPrivate())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair newKeyPair() {
    try {
      final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] csr(KeyPair pair) {
    try {
      return new JcaPKCS10CertificationRequestBuilder(
              new X500Name("CN=somebody else"), pair.getPublic())
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
          .getEncoded();
    } catch (OperatorCreationException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
