package dev.bulkhead.server;

import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.link.LinkTls;
import dev.bulkhead.server.web.UiListener;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/// The server as a Spring application. Settings come from our own file alone.
@SpringBootApplication(
    proxyBeanMethods = false,
    excludeName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
      "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
    })
@EnableScheduling
public class ServerApplication {
  private static final int BACKGROUND_THREADS = 6;

  /// Starts a server; the caller closes the context.
  public static ConfigurableApplicationContext start(ServerConfiguration configuration) {
    LinkTls.forbidResumption();
    final Map<String, Object> settings = new HashMap<>(UiListener.settings(configuration.ui()));
    settings.put("spring.threads.virtual.enabled", "true");
    settings.put("spring.main.banner-mode", "off");
    settings.put("spring.jmx.enabled", "false");
    settings.put("spring.aop.auto", "false");
    settings.put("server.shutdown", "graceful");
    // The edge alone judges who may speak for a client; no guess at the platform turns it around.
    settings.put("server.forward-headers-strategy", "none");
    settings.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
    settings.put("spring.jackson.deserialization.fail-on-unknown-properties", "true");
    settings.put("spring.mvc.log-resolved-exception", "false");
    settings.put("spring.web.resources.add-mappings", "false");
    settings.put("springdoc.api-docs.path", "/api/openapi.json");
    settings.put("springdoc.api-docs.version", "openapi_3_1");
    final SpringApplication application = new SpringApplication(ServerApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setAddCommandLineProperties(false);
    application.setDefaultProperties(settings);
    application.addInitializers(
        context -> {
          // Before the environment's variables: nothing but our own file says where it listens.
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("bulkhead", settings));
          context.getBeanFactory().registerSingleton("serverConfiguration", configuration);
        });
    return application.run();
  }

  // Of its own, with threads: with one for all, work that waits for the database would hold up work
  // that must not wait. No job overlaps itself.
  @Bean
  ThreadPoolTaskScheduler taskScheduler() {
    final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(BACKGROUND_THREADS);
    scheduler.setThreadNamePrefix("background-");
    scheduler.setDaemon(true);
    return scheduler;
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
