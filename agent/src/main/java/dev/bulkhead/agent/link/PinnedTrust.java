package dev.bulkhead.agent.link;

import dev.bulkhead.protocol.Sha256;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes a server whose certificate was made by the one pinned authority and names the address
/// that was dialled, and nobody else. The system's own authorities count for nothing.
final class PinnedTrust extends X509ExtendedTrustManager {

  private final Sha256 pin;
  private final @Nullable X509Certificate known;

  /// @param pin SHA-256 of the authority's certificate
  /// @param known that certificate, or null when the server is to show it
  PinnedTrust(Sha256 pin, @Nullable X509Certificate known) {
    this.pin = pin;
    this.known = known;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    delegate(findAuthority(chain)).checkServerTrusted(chain, authType, socket);
  }

  private X509Certificate findAuthority(X509Certificate[] chain) throws CertificateException {
    X509Certificate stored = known;
    if (stored != null && Sha256.digest(stored.getEncoded()).equals(pin)) {
      return stored;
    }
    for (X509Certificate certificate : chain) {
      if (Sha256.digest(certificate.getEncoded()).equals(pin)) {
        return certificate;
      }
    }
    throw new AuthorityMismatchException();
  }

  private static X509ExtendedTrustManager delegate(X509Certificate authority)
      throws CertificateException {
    try {
      KeyStore anchors = KeyStore.getInstance("PKCS12");
      anchors.load(null, null);
      anchors.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new CertificateException("this Java has no PKIX trust manager");
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException(e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no name to check");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("sockets only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("the agent is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("the agent is no server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("the agent is no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
