package dev.bulkhead.server.link;

import dev.bulkhead.server.enrolment.CertificateAuthority;
import dev.bulkhead.server.enrolment.HostCertificates;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// TLS of the link: 1.3 alone, a client certificate asked for and judged by us at every handshake,
/// no resumption, and a certificate of our own that is renewed while the link runs.
@Component
public final class LinkTls {
  private static final String PROTOCOL = "TLSv1.3";
  // Past the lifetime that RFC 8446, section 4.6.1, allows a ticket, the JDK sends none.
  private static final int NO_TICKETS_SECONDS = 7 * 24 * 3600 + 1;
  private static final int RENEWAL_MILLIS = 600_000;

  private final HostTrust trust;
  private final LinkIdentity identity;

  LinkTls(
      CertificateAuthority authority,
      HostCertificates certificates,
      LinkConnections connections,
      Clock clock) {
    trust = new HostTrust(authority, certificates, connections);
    identity = new LinkIdentity(authority, clock);
  }

  /// Keeps this whole process from handing out session tickets: a resumed session would skip the
  /// judgement of its certificate. To be called before TLS is used.
  public static void forbidResumption() {
    System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
  }

  /// TLS for a connector.
  ///
  /// @param names addresses and names under which agents reach the link
  SslContextFactory.Server start(List<String> names) {
    identity.answerTo(names);
    final SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(context());
    tls.setIncludeProtocols(PROTOCOL);
    tls.setWantClientAuth(true);
    tls.setSessionCachingEnabled(false);
    tls.setRenegotiationAllowed(false);
    return tls;
  }

  @Scheduled(fixedDelay = RENEWAL_MILLIS)
  void renew() {
    identity.renewWhenDue();
  }

  private SSLContext context() {
    try {
      final SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(new KeyManager[] {identity}, new TrustManager[] {trust}, null);
      context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }
}
