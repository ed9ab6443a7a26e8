package dev.bulkhead.server.link;

import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.access.Credential;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.Scope;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.enrolment.CertificateAuthority;
import dev.bulkhead.server.enrolment.HostCertificates;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.Hosts;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A server that has been set up, seen from its link.
final class LinkFixture implements AutoCloseable {
  final TestServer server = TestServer.start();
  final Owner owner = Owner.setUp(server);

  int port() {
    return server.bean(LinkListener.class).port();
  }

  /// The owner, as the server sees them behind a request.
  SignedIn signedIn() {
    return new SignedIn(
        owner.tenant(),
        UUID.randomUUID(),
        Owner.NAME,
        "Acme",
        Role.OWNER,
        Scope.whole(),
        true,
        new Credential.Session(UUID.randomUUID(), Instant.MAX, Instant.MAX));
  }

  <T> T inTenant(Supplier<T> work) {
    return server.bean(Database.class).inTenant(owner.tenant(), work);
  }

  Hosts.Host row(TestHost host) {
    return inTenant(() -> server.bean(Hosts.class).find(host.key().host())).orElseThrow();
  }

  /// Marks a host as removed, and closes nothing.
  void revoke(TestHost host) {
    inTenant(
        () ->
            server
                .bean(Database.class)
                .sql()
                .sql("update host set removed_at = now() where id = ?")
                .param(host.key().host())
                .update());
  }

  /// Removes a host as its owner does.
  void remove(TestHost host) {
    final int status = owner.browser().delete("/api/v1/hosts/" + host.key().host()).status();
    if (status != 204) {
      throw new IllegalStateException("removal answered " + status);
    }
  }

  /// A host as the API shows it.
  JsonNode show(TestHost host) {
    return owner.browser().get("/api/v1/hosts/" + host.key().host()).json();
  }

  /// A certificate of the server's own authority.
  X509Certificate issue(TestHost host, Duration lifetime) {
    return server
        .bean(CertificateAuthority.class)
        .issueHost(host.key(), host.tls.getPublic(), lifetime);
  }

  /// Makes the host use a certificate that the server knows and that lives so long.
  void giveCertificate(TestHost host, Duration lifetime) {
    final HostKey key = host.key();
    final X509Certificate certificate = issue(host, lifetime);
    inTenant(
        () -> {
          server.bean(HostCertificates.class).remember(key, certificate);
          return key;
        });
    host.use(key, certificate);
  }

  /// How many records of a kind name a text in the tenant's chain.
  long countRecords(AuditType type, String text) {
    return server.bean(AuditLog.class).list(owner.tenant(), 0, 10_000).stream()
        .map(record -> new String(record.record(), StandardCharsets.UTF_8))
        .filter(record -> record.contains(type.code()) && record.contains(text))
        .count();
  }

  @Override
  public void close() {
    server.close();
  }
}
