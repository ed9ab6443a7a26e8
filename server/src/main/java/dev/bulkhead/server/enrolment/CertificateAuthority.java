package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.secrets.Keys;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The authority of the agent link: made at the first start, the same ever after. Its private key
/// is in the database, sealed under the server's key file and bound to its row. Thread-safe.
@Component
public final class CertificateAuthority {
  /// How long a host's certificate lives.
  public static final Duration HOST_LIFETIME = Duration.ofHours(24);

  /// How long a foreign agent's certificate lives: somebody has to make the next by hand.
  public static final Duration FOREIGN_LIFETIME = Duration.ofDays(30);

  /// How long the link's own certificate lives.
  public static final Duration LINK_LIFETIME = Duration.ofHours(24);

  private static final Duration LIFETIME = Duration.ofDays(3653);

  private final Clock clock;
  private final CertificateForms forms;
  private final X509Certificate certificate;
  private final Sha256 fingerprint;

  CertificateAuthority(Database database, Keys keys, Clock clock) {
    this.clock = clock;
    final Row row = find(database).orElseGet(() -> create(database, keys, clock));
    final byte[] key =
        keys.open(purpose(row.id()), row.sealedKey())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the authority's key does not open; restore the key files of this installation"));
    certificate = certificate(row.certificate());
    fingerprint = Sha256.digest(row.certificate());
    forms = new CertificateForms(certificate, privateKey(key));
  }

  /// A certificate of the link's own, leaf first, and its key.
  public record LinkCertificate(List<X509Certificate> chain, PrivateKey key) {
    public LinkCertificate {
      chain = List.copyOf(chain);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Row(UUID id, byte[] certificate, byte[] sealedKey) {}

  /// The authority's own certificate.
  public X509Certificate certificate() {
    return certificate;
  }

  /// SHA-256 of the certificate's DER: what join codes pin.
  public Sha256 fingerprint() {
    return fingerprint;
  }

  /// Makes a client certificate for a host, valid from a few minutes ago. It is good on the link
  /// only once [HostCertificates] knows it.
  ///
  /// @param tlsKey EC P-256
  public X509Certificate issueHost(HostKey host, PublicKey tlsKey, Duration lifetime) {
    return forms.host(host, tlsKey, clock.instant(), lifetime);
  }

  /// Makes a server certificate with a fresh key for the link.
  ///
  /// @param names addresses and names under which agents reach it
  public LinkCertificate issueLink(List<String> names) {
    final KeyPair pair = newKeyPair();
    final X509Certificate leaf =
        forms.link(names, pair.getPublic(), clock.instant(), LINK_LIFETIME);
    return new LinkCertificate(List.of(leaf, certificate), pair.getPrivate());
  }

  private static Optional<Row> find(Database database) {
    return database
        .sql()
        .sql(
            "select id, certificate, sealed_key from certificate_authority order by created_at limit 1")
        .query((row, n) -> new Row(row.getObject(1, UUID.class), row.getBytes(2), row.getBytes(3)))
        .optional();
  }

  private static Row create(Database database, Keys keys, Clock clock) {
    final UUID id = UUID.randomUUID();
    final Instant now = clock.instant();
    final KeyPair pair = newKeyPair();
    final X509Certificate made = CertificateForms.authority(pair, id, now, LIFETIME);
    final Row row =
        new Row(
            id,
            CertificateForms.encode(made),
            keys.seal(purpose(id), pair.getPrivate().getEncoded()));
    database.acrossTenants(
        () ->
            database
                .sql()
                .sql(
                    """
                    insert into certificate_authority (id, certificate, sealed_key, created_at, not_after)
                    values (?, ?, ?, ?, ?)
                    """)
                .params(
                    id,
                    row.certificate(),
                    row.sealedKey(),
                    now.atOffset(ZoneOffset.UTC),
                    made.getNotAfter().toInstant().atOffset(ZoneOffset.UTC))
                .update());
    return row;
  }

  private static String purpose(UUID id) {
    return "certificate_authority.sealed_key/" + id;
  }

  private static KeyPair newKeyPair() {
    try {
      final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }

  private static PrivateKey privateKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority's key is damaged", e);
    }
  }

  private static X509Certificate certificate(byte[] encoded) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority's certificate is damaged", e);
    }
  }
}
