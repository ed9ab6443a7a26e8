package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.enrol.DeviceKey;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.HostDescription;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.Hosts;
import dev.bulkhead.server.web.ProblemType;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// The rows behind joining: the code is used, the host and its certificate are made and recorded in
/// one transaction; a refusal is noted on the code and in the record.
@Component
final class Admission {
  private static final int TRIES = 4;

  private final JoinCodes joinCodes;
  private final JoinCodeRepository codes;
  private final CertificateAuthority authority;
  private final HostCertificates certificates;
  private final Hosts hosts;
  private final Database database;
  private final AuditLog audit;
  private final DeniedAttempts denied;
  private final Clock clock;

  Admission(
      JoinCodes joinCodes,
      JoinCodeRepository codes,
      CertificateAuthority authority,
      HostCertificates certificates,
      Hosts hosts,
      Database database,
      AuditLog audit,
      DeniedAttempts denied,
      Clock clock) {
    this.joinCodes = joinCodes;
    this.codes = codes;
    this.authority = authority;
    this.certificates = certificates;
    this.hosts = hosts;
    this.database = database;
    this.audit = audit;
    this.denied = denied;
    this.clock = clock;
  }

  /// The host exists and has its first certificate.
  record Joined(HostKey host, X509Certificate certificate) {}

  /// The code that a request names, if the request knows its secret.
  ///
  /// @throws JoinRefused `join_unknown`, the same for an unknown code and for a wrong secret
  JoinCodeRepository.Row require(EnrolRequest request) {
    return find(request).filter(row -> knowsSecret(row, request)).orElseThrow(Admission::unknown);
  }

  private static JoinRefused unknown() {
    return new JoinRefused(
        ProblemType.JOIN_UNKNOWN,
        JoinFailure.REFUSED,
        "Copy the whole join code again, or make a new one.");
  }

  /// Uses the code. Whoever lost the answer may ask again with the same device key while the code
  /// is in its time: it gets the same host.
  ///
  /// @throws JoinRefused `join_used`, `join_expired`, or `bad_request` for a device key that is
  ///     known
  Joined join(
      JoinCodeRepository.Row code, EnrolRequest request, Enrolment.Proven proven, String address) {
    for (int tried = 1; ; tried++) {
      try {
        final Joined joined =
            audit.change(code.tenant(), () -> use(code.id(), request, proven, address));
        joinCodes.publish(code.tenant(), code.id());
        return joined;
      } catch (DuplicateKeyException taken) {
        // Another host took the name or the device key meanwhile: look again.
        if (tried == TRIES) {
          throw taken;
        }
      }
    }
  }

  /// Notes a refusal. Whoever knew the secret is on the tenant's record, once a minute for each
  /// cause; whoever did not is counted on the platform's.
  void record(EnrolRequest request, JoinRefused refused, String address) {
    final Optional<JoinCodeRepository.Row> code = find(request);
    if (code.isEmpty() || !knowsSecret(code.get(), request)) {
      code.ifPresent(row -> note(row, refused));
      denied.count(AuditType.HOST_JOIN_REFUSED, refused.reason(), address);
      return;
    }
    if (note(code.get(), refused)) {
      audit.note(
          code.get().tenant(),
          new AuditEvent(
              AuditType.HOST_JOIN_REFUSED,
              AuditEvent.ANONYMOUS,
              JoinCodes.subject(code.get().id()),
              AuditRecord.Outcome.DENIED,
              address,
              Map.of("reason", refused.reason())));
    }
  }

  private boolean note(JoinCodeRepository.Row code, JoinRefused refused) {
    final boolean news =
        database.inTenant(
            code.tenant(), () -> codes.noteFailure(code.id(), refused.failure(), clock.instant()));
    if (news) {
      joinCodes.publish(code.tenant(), code.id());
    }
    return news;
  }

  private AuditLog.Change<Joined> use(
      UUID id, EnrolRequest request, Enrolment.Proven proven, String address) {
    final Instant now = clock.instant();
    final JoinCodeRepository.Row code = codes.findAndLock(id).orElseThrow(Admission::unknown);
    final Sha256 device = DeviceKey.fingerprint(proven.deviceKey());
    final Optional<Hosts.Host> known = hosts.findByDevice(device.bytes());
    final boolean again =
        known.isPresent()
            && !known.get().isRemoved()
            && code.host() != null
            && code.host().id().equals(known.get().key().host())
            && now.isBefore(code.expiresAt());
    if (again) {
      return joined(known.get().key(), known.get().name(), proven.tlsKey(), device, code, address);
    }
    requireUnused(code, now);
    if (known.isPresent()) {
      throw new JoinRefused(
          ProblemType.BAD_REQUEST,
          JoinFailure.REFUSED,
          "This device key belongs to a host that joined before. Remove the agent's state and join with a new key.");
    }
    final HostKey key = new HostKey(code.tenant(), UUID.randomUUID());
    final String name = hosts.create(host(key, code, request, proven.deviceKey(), address, now));
    codes.markUsed(code.id(), key.host(), now);
    return joined(key, name, proven.tlsKey(), device, code, address);
  }

  private AuditLog.Change<Joined> joined(
      HostKey key,
      String name,
      PublicKey tlsKey,
      Sha256 device,
      JoinCodeRepository.Row code,
      String address) {
    final X509Certificate certificate =
        authority.issueHost(key, tlsKey, CertificateAuthority.HOST_LIFETIME);
    certificates.remember(key, certificate);
    return new AuditLog.Change<>(
        new Joined(key, certificate),
        new AuditEvent(
            AuditType.HOST_JOINED,
            new AuditRecord.Actor("host", key.host().toString(), name),
            AuditEvent.host(key.host()),
            AuditRecord.Outcome.OK,
            address,
            Map.of(
                "name", name, "device", device.toBase64Url(), "join_code", code.id().toString())));
  }

  private static void requireUnused(JoinCodeRepository.Row code, Instant now) {
    if (code.usedAt() != null) {
      throw new JoinRefused(
          ProblemType.JOIN_USED, JoinFailure.USED, "A join code joins one host. Make a new one.");
    }
    if (code.cancelledAt() != null || !now.isBefore(code.expiresAt())) {
      throw new JoinRefused(
          ProblemType.JOIN_EXPIRED,
          JoinFailure.EXPIRED,
          "The join code was good until " + code.expiresAt() + ". Make a new one.");
    }
  }

  private static Hosts.Host host(
      HostKey key,
      JoinCodeRepository.Row code,
      EnrolRequest request,
      PublicKey deviceKey,
      String address,
      Instant now) {
    return new Hosts.Host(
        key,
        request.hostname(),
        code.tags(),
        "agent",
        code.mode(),
        deviceKey.getEncoded(),
        DeviceKey.fingerprint(deviceKey).bytes(),
        new HostDescription(
            request.hostname(),
            request.os(),
            "",
            request.architecture(),
            request.agentVersion(),
            null),
        code.protectedFromServer(),
        address,
        now,
        null,
        1,
        null);
  }

  private Optional<JoinCodeRepository.Row> find(EnrolRequest request) {
    return database.inTenant(request.tenant(), () -> codes.find(request.joinId()));
  }

  private boolean knowsSecret(JoinCodeRepository.Row code, EnrolRequest request) {
    final byte[] key;
    try {
      key = request.enrolKeyBytes();
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    final byte[] digest = joinCodes.hash(code.id(), Sha256.digest(key));
    Arrays.fill(key, (byte) 0);
    return MessageDigest.isEqual(digest, code.secretHmac());
  }
}
