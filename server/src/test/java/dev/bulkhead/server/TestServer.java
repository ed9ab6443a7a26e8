package dev.bulkhead.server;

import dev.bulkhead.server.configuration.ServerConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The real server on free ports, with a database of its own.
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final ServerConfiguration configuration;
  private ConfigurableApplicationContext context;

  private TestServer(Path directory, ServerConfiguration.Ui ui, ServerConfiguration.Limits limits) {
    this.directory = directory;
    final String url = TestPostgres.create(directory);
    configuration =
        new ServerConfiguration(
            directory,
            ui,
            new ServerConfiguration.Link(List.of("127.0.0.1"), 0),
            new ServerConfiguration.Database(
                url,
                null,
                directory.resolve("database-owner.password"),
                null,
                directory.resolve("database-app.password"),
                null,
                directory.resolve("database-audit.password")),
            limits,
            false,
            true,
            false);
    context = ServerApplication.start(configuration);
  }

  /// With room for tests that ask as fast as they can.
  public static TestServer start() {
    return start(new ServerConfiguration.Limits(1_000_000, 1_000_000, 1_000_000));
  }

  public static TestServer start(ServerConfiguration.Limits limits) {
    return start(new ServerConfiguration.Ui("127.0.0.1", 0, null, null, null, null, null), limits);
  }

  /// A server whose API the pages of these origins may call.
  public static TestServer start(List<String> allowedOrigins) {
    return start(
        new ServerConfiguration.Ui("127.0.0.1", 0, null, null, null, null, allowedOrigins),
        new ServerConfiguration.Limits(0, 0, 0));
  }

  public static TestServer start(ServerConfiguration.Ui ui, ServerConfiguration.Limits limits) {
    try {
      return new TestServer(Files.createTempDirectory("bulkhead-server"), ui, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
        .getPort();
  }

  public Path directory() {
    return directory;
  }

  public ServerConfiguration configuration() {
    return configuration;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /// Every endpoint that there is, such as `GET /api/v1/hosts/{id}`, in order.
  public List<String> endpoints() {
    final List<String> endpoints = new ArrayList<>();
    final RequestMappingHandlerMapping mapping =
        bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
      for (RequestMethod method : info.getMethodsCondition().getMethods()) {
        info.getPatternValues().forEach(pattern -> endpoints.add(method + " " + pattern));
      }
    }
    return endpoints.stream().distinct().sorted().toList();
  }

  /// What the database itself holds, past row-level security: the first column of each row.
  public List<String> rows(String sql) {
    try (Connection all =
            DriverManager.getConnection(configuration.database().url(), "postgres", "");
        ResultSet found = all.createStatement().executeQuery(sql)) {
      final List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Every table that has rows of tenants.
  public List<String> tenantTables() {
    return rows(
        """
        select table_name from information_schema.columns
        where table_schema = 'public' and column_name = 'tenant_id' order by 1
        """);
  }

  /// Every row of a tenant's, its table before it.
  public List<String> dump(UUID tenant) {
    return tenantTables().stream()
        .flatMap(
            table ->
                rows("select t::text from %s t where tenant_id = '%s'".formatted(table, tenant))
                    .stream()
                    .map(row -> table + " " + row))
        .sorted()
        .toList();
  }

  /// Puts a bean of the test's before the server's own, until the next restart, for whoever looks
  /// it up when it is needed.
  public <T> void prefer(Class<T> type, T bean) {
    ((GenericApplicationContext) context)
        .registerBean(
            "preferred" + type.getSimpleName(),
            type,
            () -> bean,
            definition -> definition.setPrimary(true));
  }

  /// The code that this start printed.
  public String setupCode() {
    try {
      return Files.readString(directory.resolve("setup-code")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the server and starts it anew on the same data.
  public void restart() {
    context.close();
    context = ServerApplication.start(configuration);
  }

  @Override
  public void close() {
    context.close();
  }
}
