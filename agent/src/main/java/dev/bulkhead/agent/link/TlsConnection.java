package dev.bulkhead.agent.link;

import dev.bulkhead.protocol.join.LinkAddress;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// One TLS 1.3 connection to the server.
///
/// Each has a context of its own, so that no session is ever resumed: the server judges the
/// certificate at every handshake.
final class TlsConnection implements Closeable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

  private final Socket plain;
  private final SSLSocket tls;
  private final InputStream in;
  private final OutputStream out;

  private TlsConnection(Socket plain, SSLSocket tls) throws IOException {
    this.plain = plain;
    this.tls = tls;
    this.in = new BufferedInputStream(tls.getInputStream(), 2048);
    this.out = tls.getOutputStream();
  }

  /// Connects and shakes hands.
  ///
  /// @param key the host's certificate, or null to show none
  /// @throws IOException when the name, the network or the handshake fails
  static TlsConnection open(LinkAddress address, PinnedTrust trust, @Nullable HostKeyManager key)
      throws IOException {
    InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
    if (target.isUnresolved()) {
      throw new UnknownHostException(address.host());
    }
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      plain.connect(target, (int) CONNECT_TIMEOUT.toMillis());
      plain.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
      SSLSocket tls = handshake(plain, address, trust, key);
      return new TlsConnection(plain, tls);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static SSLSocket handshake(
      Socket plain, LinkAddress address, PinnedTrust trust, @Nullable HostKeyManager key)
      throws IOException {
    SSLContext context;
    try {
      context = SSLContext.getInstance("TLS");
      KeyManager[] keys = key == null ? new KeyManager[0] : new KeyManager[] {key};
      context.init(keys, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS", e);
    }
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /// From now on a read waits for ever; whoever watches must [#abort()].
  void waitForEver() throws IOException {
    tls.setSoTimeout(0);
  }

  /// Ends the connection at once, even while another thread reads or writes.
  void abort() {
    try {
      plain.close();
    } catch (IOException _) {
      // It is gone, which was the aim.
      return;
    }
  }

  @Override
  public void close() {
    abort();
  }
}
