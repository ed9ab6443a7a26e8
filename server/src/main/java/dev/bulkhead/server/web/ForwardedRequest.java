package dev.bulkhead.server.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/// A request as its client sent it: from the client's address, and secure if it was so on its way
/// to the proxy.
final class ForwardedRequest extends Request.Wrapper {
  private final ConnectionMetaData connection;
  private final HttpURI uri;
  private final boolean secure;

  ForwardedRequest(Request received, TrustedProxies.Origin.Known origin) {
    super(received);
    final Boolean said = origin.secure();
    secure = said == null ? received.isSecure() : said;
    uri = HttpURI.build(received.getHttpURI()).scheme(secure ? "https" : "http").asImmutable();
    connection = connection(received, origin.address());
  }

  private static ConnectionMetaData connection(Request received, String address) {
    if (address.equals(Request.getRemoteAddr(received))) {
      return received.getConnectionMetaData();
    }
    // Its port is the proxy's secret, and nobody asks for it.
    final SocketAddress client = new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    return new ConnectionMetaData.Wrapper(received.getConnectionMetaData()) {
      @Override
      public SocketAddress getRemoteSocketAddress() {
        return client;
      }
    };
  }

  @Override
  public ConnectionMetaData getConnectionMetaData() {
    return connection;
  }

  @Override
  public HttpURI getHttpURI() {
    return uri;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }
}
