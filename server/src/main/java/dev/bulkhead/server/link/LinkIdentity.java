package dev.bulkhead.server.link;

import dev.bulkhead.server.enrolment.CertificateAuthority;
import dev.bulkhead.server.enrolment.CertificateAuthority.LinkCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The link's own certificate and key. A new one takes the place of the old in the midst of
/// traffic; handshakes under way finish with the one that they began with. Thread-safe.
final class LinkIdentity extends X509ExtendedKeyManager {
  private static final String KEY_TYPE = "EC";

  private final CertificateAuthority authority;
  private final InstantSource clock;
  // The present one and the one before, by generation.
  private final Map<Long, LinkCertificate> certificates = new ConcurrentHashMap<>();
  private volatile List<String> names = List.of();
  private volatile long generation;
  private volatile Instant renewAt = Instant.MAX;

  LinkIdentity(CertificateAuthority authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  synchronized void answerTo(List<String> addresses) {
    names = List.copyOf(addresses);
    renew();
  }

  synchronized void renewWhenDue() {
    if (!clock.instant().isBefore(renewAt)) {
      renew();
    }
  }

  private void renew() {
    final long next = generation + 1;
    certificates.put(next, authority.issueLink(names));
    generation = next;
    certificates.keySet().removeIf(old -> old < next - 1);
    renewAt = clock.instant().plus(CertificateAuthority.LINK_LIFETIME.multipliedBy(2).dividedBy(3));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return KEY_TYPE.equals(keyType) ? Long.toString(generation) : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    final LinkCertificate certificate = certificates.get(Long.valueOf(alias));
    return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    final LinkCertificate certificate = certificates.get(Long.valueOf(alias));
    return certificate == null ? null : certificate.key();
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return KEY_TYPE.equals(keyType) ? Long.toString(generation) : null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {Long.toString(generation)};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
