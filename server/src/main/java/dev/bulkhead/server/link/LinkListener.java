package dev.bulkhead.server.link;

import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.configuration.ConfigurationException;
import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.enrolment.HostCertificates;
import dev.bulkhead.server.enrolment.LinkEndpoint;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The listener of the agent link: an HTTP server of its own, so that nothing of the UI's can
/// answer on it, nor the reverse. One connector for each configured address.
@Component
public final class LinkListener implements SmartLifecycle, LinkEndpoint {
  /// The name of its connectors.
  public static final String CONNECTOR = "link";

  private static final int MAX_CONNECTIONS = 12_000;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final int THREADS = 32;
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 1;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(3);

  private final LinkAddresses configured;
  private final LinkTls tls;
  private final LinkConnections connections;
  private final LinkRoutes routes;
  private final OpampLinks links;
  private volatile List<LinkAddress> addresses = List.of();
  private volatile @org.jspecify.annotations.Nullable Server server;

  LinkListener(
      ServerConfiguration configuration,
      LinkTls tls,
      LinkConnections connections,
      EnrolRoutes enrol,
      HostCertificates certificates,
      OpampLinks links) {
    configured = new LinkAddresses(configuration.link());
    this.tls = tls;
    this.connections = connections;
    this.links = links;
    routes = new LinkRoutes(enrol, certificates, connections);
  }

  @Override
  public List<LinkAddress> addresses() {
    if (addresses.isEmpty()) {
      throw new ProblemException(ProblemType.UNAVAILABLE, "The agent link does not listen yet.");
    }
    return addresses;
  }

  @Override
  public boolean isLoopbackOnly() {
    return configured.isLoopbackOnly();
  }

  /// The TCP port of the first address.
  public int port() {
    return addresses().getFirst().port();
  }

  @Override
  public void start() {
    final QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName(CONNECTOR);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    final Server made = new Server(threads);
    made.setStopTimeout(STOP.toMillis());
    made.setErrorHandler(new LinkProblems());
    final SslContextFactory.Server context = tls.start(configured.names());
    final List<ServerConnector> connectors = new ArrayList<>();
    int port = configured.port();
    for (String address : configured.bound()) {
      final ServerConnector connector = connector(made, context, address, port);
      connectors.add(connector);
      made.addConnector(connector);
      port = connector.getLocalPort();
    }
    made.addBean(
        new NetworkConnectionLimit(MAX_CONNECTIONS, connectors.toArray(ServerConnector[]::new)));
    routes.setHandler(WebSocketUpgradeHandler.from(made, links::configure));
    made.setHandler(routes);
    try {
      made.start();
    } catch (Exception e) {
      // Jetty declares no narrower type; the start of the whole server fails with it.
      throw new IllegalStateException("the agent link cannot listen: " + e.getMessage(), e);
    }
    server = made;
    addresses = configured.reachable(connectors.getFirst().getLocalPort());
  }

  private ServerConnector connector(
      Server made, SslContextFactory.Server context, String address, int port) {
    final HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.RFC3986);
    // Agents come by address: there is no server name to check.
    http.addCustomizer(new SecureRequestCustomizer(false));
    final ServerConnector connector =
        new ServerConnector(
            made,
            ACCEPTORS,
            SELECTORS,
            new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    connector.setName(CONNECTOR);
    connector.setHost(address);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(1024);
    connector.addBean(connections);
    try {
      // Opened before the start, so that all addresses get the port that the first one got.
      connector.open();
    } catch (IOException taken) {
      throw new ConfigurationException(
          "link", "cannot listen on " + address + " port " + port + ": " + taken.getMessage());
    }
    return connector;
  }

  @Override
  public void stop() {
    final Server running = server;
    server = null;
    addresses = List.of();
    if (running != null) {
      try {
        running.stop();
      } catch (Exception e) {
        // Jetty declares no narrower type; the process ends with it all the same.
        throw new IllegalStateException("the agent link does not stop", e);
      }
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }
}
