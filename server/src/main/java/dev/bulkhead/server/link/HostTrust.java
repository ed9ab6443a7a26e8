package dev.bulkhead.server.link;

import dev.bulkhead.server.enrolment.CertificateAuthority;
import dev.bulkhead.server.enrolment.HostCertificates;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Judges a client's certificate within the handshake. Nothing of the platform's own trust counts:
/// no public authority, no chain, no cache. When the database is away nobody comes in.
final class HostTrust extends X509ExtendedTrustManager {
  private static final Logger LOG = LoggerFactory.getLogger(HostTrust.class);

  private final CertificateAuthority authority;
  private final HostCertificates certificates;
  private final LinkConnections connections;

  HostTrust(
      CertificateAuthority authority, HostCertificates certificates, LinkConnections connections) {
    this.authority = authority;
    this.certificates = certificates;
    this.connections = connections;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("there is no certificate");
    }
    try {
      connections.identified(engine, certificates.judge(chain[0]));
    } catch (DataAccessException away) {
      LOG.atWarn().setMessage("a certificate could not be judged").setCause(away).log();
      throw new CertificateException("the certificate cannot be judged now", away);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("the link has engines, not sockets");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("the link has engines, not sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("the link is never a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("the link is never a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("the link is never a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {authority.certificate()};
  }
}
