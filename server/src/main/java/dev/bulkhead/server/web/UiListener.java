package dev.bulkhead.server.web;

import dev.bulkhead.server.access.Network;
import dev.bulkhead.server.configuration.ConfigurationException;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The UI and API listener: where it may listen, what its HTTP parser accepts, what surrounds every
/// request.
@Configuration(proxyBeanMethods = false)
public class UiListener {
  /// The name of the connector, by which handlers tell it from the agent link.
  public static final String CONNECTOR = "ui";

  private static final int HEADER_BYTES = 16 * 1024;
  private static final long BODY_BYTES = 64 * 1024;
  private static final int CONNECTIONS = 1_000;
  private static final long IDLE_MILLIS = 30_000;

  /// Spring Boot's settings for the listener.
  ///
  /// @throws ConfigurationException when it would listen beyond this machine without TLS or a
  ///     trusted proxy
  public static Map<String, Object> settings(ServerConfiguration.Ui ui) {
    final Map<String, Object> settings = new HashMap<>();
    settings.put("server.address", ui.address());
    settings.put("server.port", ui.port());
    final ServerConfiguration.Tls tls = ui.tls();
    if (tls != null) {
      settings.put("server.ssl.certificate", tls.certificateFile().toUri().toString());
      settings.put("server.ssl.certificate-private-key", tls.keyFile().toUri().toString());
      settings.put("server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2");
    } else if (!Loopback.isLoopback(ui.address()) && ui.trustedProxies().isEmpty()) {
      throw new ConfigurationException(
          "ui.address",
          ui.address()
              + " is reachable from other machines and would carry passwords in the clear; set ui.tls (certificateFile,"
              + " keyFile), or ui.trustedProxies when a proxy ends TLS, or listen on 127.0.0.1");
    }
    return settings;
  }

  @Bean
  WebServerFactoryCustomizer<JettyServletWebServerFactory> edge(ServerConfiguration configuration) {
    final ServerConfiguration.Ui ui = configuration.ui();
    return factory -> factory.addServerCustomizers(server -> surround(server, ui));
  }

  private static void surround(Server server, ServerConfiguration.Ui ui) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof AbstractConnector listening && connector.getName() == null) {
        listening.setName(CONNECTOR);
        listening.setIdleTimeout(IDLE_MILLIS);
      }
      connector.getConnectionFactories().stream()
          .filter(HttpConnectionFactory.class::isInstance)
          .map(HttpConnectionFactory.class::cast)
          .forEach(http -> strict(http.getHttpConfiguration()));
    }
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server.getConnectors()));
    final EdgeHandler edge =
        new EdgeHandler(
            new HostNames(ui.address(), ui.names()),
            proxies(ui),
            new CrossOrigin(ui.allowedOrigins()));
    final SizeLimitHandler limit = new SizeLimitHandler(BODY_BYTES, -1);
    limit.setHandler(server.getHandler());
    edge.setHandler(limit);
    server.setHandler(edge);
    server.setErrorHandler(new EdgeErrorHandler());
    server.getDescendants(ContextHandler.class).forEach(UiListener::answerWithoutPages);
  }

  // What a filter or servlet refuses by status alone would be answered with a page that names it.
  // The factory sets that handler when the context starts, so ours comes after.
  private static void answerWithoutPages(ContextHandler context) {
    context.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarted(LifeCycle started) {
            context.setErrorHandler(new EdgeErrorHandler());
          }
        });
  }

  private static TrustedProxies proxies(ServerConfiguration.Ui ui) {
    try {
      return new TrustedProxies(
          ui.trustedProxies().stream().map(Network::parse).toList(),
          ui.proxyDepth(),
          ui.tls() == null && !Loopback.isLoopback(ui.address()));
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationException("ui.trustedProxies", String.valueOf(wrong.getMessage()));
    }
  }

  private static void strict(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setHttpCompliance(org.eclipse.jetty.http.HttpCompliance.RFC9110);
    http.setUriCompliance(org.eclipse.jetty.http.UriCompliance.RFC3986);
  }
}
