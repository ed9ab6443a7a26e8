package dev.bulkhead.server.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the link: one TLS context, one connection pool. It sends its certificate whatever
/// issuers the server asks for.
final class LinkClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  final int port;
  final SSLContext context;
  final HttpClient http;

  private LinkClient(int port, @Nullable X509Certificate certificate, @Nullable KeyPair key) {
    this.port = port;
    try {
      context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {new StubbornKeys(certificate, key)},
          new TrustManager[] {new AnyServer()},
          null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    http =
        HttpClient.newBuilder()
            .sslContext(context)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  static LinkClient anonymous(int port) {
    return new LinkClient(port, null, null);
  }

  static LinkClient of(int port, TestHost host) {
    return new LinkClient(port, host.certificate(), host.tls);
  }

  static LinkClient of(int port, X509Certificate certificate, KeyPair key) {
    return new LinkClient(port, certificate, key);
  }

  record Answer(int status, String body, HttpResponse<String> response) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    String code() {
      return json().path("code").asString("");
    }
  }

  Answer post(String path, Object body) {
    return send(
        HttpRequest.newBuilder()
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    body instanceof String text ? text : JSON.writeValueAsString(body)))
            .header("Content-Type", "application/json"),
        path);
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder().GET(), path);
  }

  private Answer send(HttpRequest.Builder request, String path) {
    try {
      final HttpResponse<String> response =
          http.send(
              request.uri(URI.create("https://127.0.0.1:" + port + path)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens the WebSocket.
  ///
  /// @throws IOException when the server refuses, in the handshake or after it
  WebSocket open(WebSocket.Listener listener) throws IOException {
    try {
      return http.newWebSocketBuilder()
          .connectTimeout(TIMEOUT)
          .buildAsync(URI.create("wss://127.0.0.1:" + port + "/v1/opamp"), listener)
          .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  /// A bare TLS connection, its handshake done as far as the client can tell.
  SSLSocket connect() throws IOException {
    final SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    socket.startHandshake();
    return socket;
  }

  /// Sends whatever certificate it has, without looking at the issuers that the server accepts.
  private static final class StubbornKeys extends X509ExtendedKeyManager {
    private final @Nullable X509Certificate certificate;
    private final @Nullable KeyPair key;

    StubbornKeys(@Nullable X509Certificate certificate, @Nullable KeyPair key) {
      this.certificate = certificate;
      this.key = key;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
      return certificate == null ? null : "mine";
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      return certificate == null ? null : "mine";
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return certificate == null ? null : new X509Certificate[] {certificate};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return key == null ? null : key.getPrivate();
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }

  private static final class AnyServer extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
