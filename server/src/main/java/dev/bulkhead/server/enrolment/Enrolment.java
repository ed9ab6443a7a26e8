package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.enrol.DeviceKey;
import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.enrol.EnrolReply;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.protocol.enrol.RenewRequest;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.Hosts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Lets hosts in: a join code and a device key for the first certificate, the device key alone for
/// every later one. Thread-safe; of several who use one code at once, one wins.
@Component
public final class Enrolment {
  private final Admission admission;
  private final CertificateAuthority authority;
  private final HostCertificates certificates;
  private final Hosts hosts;
  private final Database database;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Clock clock;

  Enrolment(
      Admission admission,
      CertificateAuthority authority,
      HostCertificates certificates,
      Hosts hosts,
      Database database,
      AuditLog audit,
      DeniedAttempts denied,
      Clock clock) {
    this.admission = admission;
    this.authority = authority;
    this.certificates = certificates;
    this.hosts = hosts;
    this.database = database;
    this.audit = audit;
    this.denied = denied;
    this.clock = clock;
  }

  /// What both requests prove.
  record Proven(PublicKey deviceKey, PublicKey tlsKey) {}

  /// Makes a host of whoever holds a join code.
  ///
  /// @param address where the request came from
  /// @throws ProblemException `join_unknown`, `join_used`, `join_expired`, `clock_skew` or
  ///     `bad_request`
  public EnrolReply enrol(EnrolRequest request, String address) {
    try {
      final JoinCodeRepository.Row code = admission.require(request);
      requireClock(request.time(), JoinFailure.CLOCK_OFF);
      final Admission.Joined joined = admission.join(code, request, prove(request), address);
      return reply(joined.host(), joined.certificate());
    } catch (JoinRefused refused) {
      admission.record(request, refused, address);
      throw refused.problem();
    }
  }

  /// Gives a known host another certificate, however long ago the last one ended.
  ///
  /// @param address where the request came from
  /// @throws ProblemException `unknown_host`, `revoked`, `clock_skew`, `bad_request`, or
  ///     `unavailable` while the tenant is deleted
  public EnrolReply renew(RenewRequest request, String address) {
    final HostKey key = new HostKey(request.tenant(), request.hostId());
    try {
      final Hosts.Host host =
          database
              .inTenant(key.tenant(), () -> hosts.find(key.host()))
              // A foreign agent's certificate ends when it was said to; its owner makes the next.
              .filter(row -> !row.isForeign())
              .orElseThrow(() -> refused(ProblemType.UNKNOWN_HOST, "Join this host again."));
      final PublicKey tlsKey = prove(request, host);
      if (host.isRemoved()) {
        throw refused(
            ProblemType.REVOKED, "This host was removed; its device key is not accepted any more.");
      }
      if (!isTenantLiving(key.tenant())) {
        // Not for good: the tenant may be restored, and the host then comes back by itself.
        throw refused(
            ProblemType.UNAVAILABLE, "This host's tenant was deleted. It may be restored.");
      }
      requireClock(request.time(), JoinFailure.CLOCK_OFF);
      final X509Certificate certificate =
          authority.issueHost(key, tlsKey, CertificateAuthority.HOST_LIFETIME);
      audit.change(
          key.tenant(),
          () -> {
            certificates.remember(key, certificate);
            return new AuditLog.Change<>(
                key,
                new AuditEvent(
                    AuditType.HOST_RENEWED,
                    new AuditRecord.Actor("host", key.host().toString(), "-"),
                    AuditEvent.host(key.host()),
                    AuditRecord.Outcome.OK,
                    address,
                    Map.of("until", certificate.getNotAfter().toInstant().toString())));
          });
      return reply(key, certificate);
    } catch (JoinRefused refused) {
      denied.count(AuditType.HOST_IDENTITY_REFUSED, "renewal: " + refused.reason(), address);
      throw refused.problem();
    }
  }

  private boolean isTenantLiving(UUID tenant) {
    return database.inTenant(
        tenant,
        () ->
            database
                .sql()
                .sql("select exists (select from tenant where deleted_at is null)")
                .query(Boolean.class)
                .single());
  }

  private EnrolReply reply(HostKey host, X509Certificate certificate) {
    return new EnrolReply(
        host.host(),
        host.tenant(),
        CertificateForms.pem(certificate),
        CertificateForms.pem(authority.certificate()),
        certificate.getNotAfter().toInstant(),
        clock.instant());
  }

  private Proven prove(EnrolRequest request) {
    try {
      final byte[] csr = request.csrBytes();
      final PublicKey deviceKey = DeviceKey.decode(request.deviceKeyBytes());
      final EnrolProof proof = EnrolProof.forEnrol(csr, request.joinId(), request.time());
      if (!proof.isSignedBy(deviceKey, request.deviceProofBytes())) {
        throw badRequest("deviceProof: the device key did not sign this request");
      }
      return new Proven(deviceKey, SigningRequest.parse(csr).orElseThrow(Enrolment::badCsr));
    } catch (InvalidKeySpecException wrong) {
      throw badRequest("deviceKey: " + wrong.getMessage());
    } catch (IllegalArgumentException notBase64) {
      throw badRequest("a field is not the base64 that it should be");
    }
  }

  private static PublicKey prove(RenewRequest request, Hosts.Host host) {
    try {
      final byte[] csr = request.csrBytes();
      final PublicKey deviceKey = DeviceKey.decode(host.deviceKey());
      final EnrolProof proof = EnrolProof.forRenew(csr, request.hostId(), request.time());
      if (!proof.isSignedBy(deviceKey, request.deviceProofBytes())) {
        throw badRequest("deviceProof: the host's device key did not sign this request");
      }
      return SigningRequest.parse(csr).orElseThrow(Enrolment::badCsr);
    } catch (InvalidKeySpecException damaged) {
      throw new IllegalStateException("the stored device key is damaged", damaged);
    } catch (IllegalArgumentException notBase64) {
      throw badRequest("a field is not the base64 that it should be");
    }
  }

  private void requireClock(Instant theirs, JoinFailure failure) {
    final Instant ours = clock.instant();
    if (Duration.between(theirs, ours).abs().compareTo(EnrolLimits.MAX_SKEW) > 0) {
      throw new JoinRefused(
          ProblemType.CLOCK_SKEW,
          failure,
          "The host's clock says %s and the server's says %s; they may differ by %d s at most."
              .formatted(theirs, ours, EnrolLimits.MAX_SKEW.toSeconds()));
    }
  }

  private static JoinRefused badCsr() {
    return badRequest("csr: not a PKCS#10 request for a P-256 key that is signed with it");
  }

  private static JoinRefused badRequest(String detail) {
    return new JoinRefused(ProblemType.BAD_REQUEST, JoinFailure.BAD_REQUEST, detail);
  }

  private static JoinRefused refused(ProblemType type, String detail) {
    return new JoinRefused(type, JoinFailure.REFUSED, detail);
  }
}
