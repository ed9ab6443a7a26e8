package dev.bulkhead.server.enrolment;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.HostKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The certificates that hosts were given, and whether one is good now. Thread-safe.
@Component
public final class HostCertificates {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final int URI_NAME = 6;
  private static final Duration KEPT_AFTER_END = Duration.ofDays(1);
  private static final Pattern HOST_URI =
      Pattern.compile("urn:bulkhead:tenant:([0-9a-f-]{36}):host:([0-9a-f-]{36})");

  private final CertificateAuthority authority;
  private final Database database;
  private final Clock clock;

  HostCertificates(CertificateAuthority authority, Database database, Clock clock) {
    this.authority = authority;
    this.database = database;
    this.clock = clock;
  }

  /// Judges a certificate now: made by our authority for a client, in its time, known, its host not
  /// removed and its tenant not deleted.
  ///
  /// @throws CertificateException when it is not good, with the reason
  public HostCertificate judge(X509Certificate certificate) throws CertificateException {
    final HostCertificate good = read(certificate);
    final boolean known =
        database.inTenant(
            good.host().tenant(),
            () ->
                database
                    .sql()
                    .sql(
                        """
                        select exists (select from host_certificate c join host h on h.tenant_id = c.tenant_id
                          and h.id = c.host_id join tenant t on t.tenant_id = c.tenant_id
                          where c.serial = ? and c.host_id = ? and h.removed_at is null and t.deleted_at is null)
                        """)
                    .params(good.serial().toByteArray(), good.host().host())
                    .query(Boolean.class)
                    .single());
    if (!known) {
      throw new CertificateException(
          "the certificate is not known, its host was removed or its tenant deleted");
    }
    return good;
  }

  /// Those of a tenant's serials that are known, whose hosts have not been removed; none when the
  /// tenant is deleted.
  public Set<BigInteger> listGood(UUID tenant, Collection<BigInteger> serials) {
    final byte[][] wanted = serials.stream().map(BigInteger::toByteArray).toArray(byte[][]::new);
    final List<BigInteger> good =
        database.inTenant(
            tenant,
            () ->
                database
                    .sql()
                    .sql(
                        """
                        select c.serial from host_certificate c join host h on h.tenant_id = c.tenant_id
                          and h.id = c.host_id join tenant t on t.tenant_id = c.tenant_id
                        where c.serial = any(?) and h.removed_at is null and t.deleted_at is null
                        """)
                    .param(wanted)
                    .query((row, n) -> new BigInteger(row.getBytes(1)))
                    .list());
    return new HashSet<>(good);
  }

  /// Makes a certificate good on the link, inside the tenant's transaction of the caller's.
  public void remember(HostKey host, X509Certificate certificate) {
    final Instant now = clock.instant();
    database
        .sql()
        .sql("delete from host_certificate where host_id = ? and not_after < ?")
        .params(host.host(), now.minus(KEPT_AFTER_END).atOffset(ZoneOffset.UTC))
        .update();
    database
        .sql()
        .sql(
            """
            insert into host_certificate (tenant_id, serial, host_id, not_before, not_after)
            values (?, ?, ?, ?, ?)
            """)
        .params(
            host.tenant(),
            certificate.getSerialNumber().toByteArray(),
            host.host(),
            certificate.getNotBefore().toInstant().atOffset(ZoneOffset.UTC),
            certificate.getNotAfter().toInstant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Judges what the certificate itself says, without asking whether it is known.
  ///
  /// @throws CertificateException when another authority made it, or not for a client, or not for
  ///     now
  public HostCertificate read(X509Certificate certificate) throws CertificateException {
    try {
      certificate.verify(authority.certificate().getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new CertificateException("another authority made the certificate", e);
    }
    final Instant now = clock.instant();
    if (now.isBefore(certificate.getNotBefore().toInstant())
        || !now.isBefore(certificate.getNotAfter().toInstant())) {
      throw new CertificateException("the certificate is not valid now");
    }
    final List<String> uses = certificate.getExtendedKeyUsage();
    if (certificate.getBasicConstraints() >= 0 || uses == null || !uses.contains(CLIENT_AUTH)) {
      throw new CertificateException("the certificate is not a client's");
    }
    return new HostCertificate(
        host(certificate), certificate.getSerialNumber(), certificate.getNotAfter().toInstant());
  }

  private static HostKey host(X509Certificate certificate) throws CertificateException {
    final @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names != null) {
      for (List<?> name : names) {
        final Matcher uri = HOST_URI.matcher(String.valueOf(name.get(1)));
        if (name.get(0).equals(URI_NAME) && uri.matches()) {
          return new HostKey(UUID.fromString(uri.group(1)), UUID.fromString(uri.group(2)));
        }
      }
    }
    throw new CertificateException("the certificate names no host");
  }
}
