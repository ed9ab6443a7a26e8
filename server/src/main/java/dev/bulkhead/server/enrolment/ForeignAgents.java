package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.DeviceKey;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.fleet.Fleet;
import dev.bulkhead.server.fleet.HostDescription;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.Hosts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// Certificates for OpAMP agents that are not ours: made for a key that only its holder has, good
/// for [CertificateAuthority#FOREIGN_LIFETIME], and made anew by hand. Thread-safe.
@Component
final class ForeignAgents {
  private final CertificateAuthority authority;
  private final HostCertificates certificates;
  private final Hosts hosts;
  private final Fleet fleet;
  private final AuditLog audit;
  private final Clock clock;

  ForeignAgents(
      CertificateAuthority authority,
      HostCertificates certificates,
      Hosts hosts,
      Fleet fleet,
      AuditLog audit,
      Clock clock) {
    this.authority = authority;
    this.certificates = certificates;
    this.hosts = hosts;
    this.fleet = fleet;
    this.audit = audit;
    this.clock = clock;
  }

  /// What a certificate is asked for.
  ///
  /// @param csr PKCS#10 as PEM or base64, for a P-256 key that no host has
  /// @param tags of a host that there was not before
  record Wanted(String name, String csr, List<String> tags) {
    Wanted {
      tags = tags.stream().distinct().sorted().toList();
    }
  }

  /// What was made.
  record Made(HostKey host, String name, X509Certificate certificate) {}

  /// Makes a certificate for a foreign agent, and its host when there is none of that name. The
  /// certificates that a host was given before stay good until they end, so that it can change
  /// over.
  ///
  /// @throws ProblemException `validation`, `key_known`, or `name_taken` when an agent of ours has
  ///     the name, or one out of the person's scope
  Made certify(SignedIn who, Wanted wanted, String address) {
    final PublicKey key =
        SigningRequest.parseText(wanted.csr())
            .orElseThrow(
                () ->
                    ProblemException.field(
                        "csr", "must be a PKCS#10 request for a P-256 key, signed with that key"));
    final Made made;
    try {
      made = audit.change(who.tenantId(), () -> make(who, wanted, key, address));
    } catch (DuplicateKeyException meanwhile) {
      throw new ProblemException(
          ProblemType.NAME_TAKEN, "Another host took the name or the key just now. Try again.");
    }
    fleet.changed(who.tenantId());
    return made;
  }

  private AuditLog.Change<Made> make(SignedIn who, Wanted wanted, PublicKey key, String address) {
    final String name = wanted.name();
    final Sha256 device = DeviceKey.fingerprint(key);
    if (hosts.findByDevice(device.bytes()).isPresent()) {
      throw new ProblemException(
          ProblemType.KEY_KNOWN, "Every certificate has a key of its own: make a new one.");
    }
    final Optional<Hosts.Host> known = hosts.findByName(name);
    final HostKey host;
    if (known.isEmpty()) {
      JoinCodes.requireOwnTag(who, wanted.tags());
      host = new HostKey(who.tenantId(), UUID.randomUUID());
      hosts.createNamed(row(host, wanted, key, device, clock.instant()));
    } else if (known.get().isForeign() && who.scope().covers(known.get().tags())) {
      host = known.get().key();
      hosts.replaceDevice(host.host(), key.getEncoded(), device.bytes());
    } else {
      throw new ProblemException(
          ProblemType.NAME_TAKEN, "A host of another kind or scope has this name.");
    }
    final X509Certificate certificate =
        authority.issueHost(host, key, CertificateAuthority.FOREIGN_LIFETIME);
    certificates.remember(host, certificate);
    return new AuditLog.Change<>(
        new Made(host, name, certificate),
        AuditEvent.by(
            who,
            known.isEmpty() ? AuditType.FOREIGN_AGENT_CREATED : AuditType.FOREIGN_AGENT_RENEWED,
            AuditEvent.host(host.host()),
            address,
            Map.of("name", name, "device", device.toBase64Url())));
  }

  private static Hosts.Host row(
      HostKey host, Wanted wanted, PublicKey key, Sha256 device, Instant now) {
    return new Hosts.Host(
        host,
        wanted.name(),
        wanted.tags(),
        Hosts.FOREIGN,
        "monitor",
        key.getEncoded(),
        device.bytes(),
        new HostDescription("", "", "", "", "", null),
        true,
        "",
        now,
        null,
        1,
        null);
  }
}
