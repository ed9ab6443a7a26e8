package dev.bulkhead.server.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the server is told at its start. Immutable; checked when made.
///
/// @param data directory for keys and the telemetry store
/// @param ui where the UI and the API listen
/// @param link where agents connect
/// @param database the PostgreSQL database and the passwords of its three roles
/// @param stopWithParent whether the server ends when its standard input does
/// @param limits how much one address and one identity may ask
/// @param localAgent whether an agent on this machine joins by itself; absent means yes
/// @param localAgentProtected whether the agent on this machine runs as a user whose state this
///     server cannot touch
public record ServerConfiguration(
    Path data,
    Ui ui,
    Link link,
    Database database,
    @Nullable Limits limits,
    boolean stopWithParent,
    @Nullable Boolean localAgent,
    boolean localAgentProtected) {

  public ServerConfiguration {
    require(data != null, "data", "name the server's data directory");
    require(
        ui != null, "ui", "say where the UI listens, for example {address: 127.0.0.1, port: 7070}");
    require(link != null, "link", "say where agents connect, for example {port: 7443}");
    require(database != null, "database", "name the database's url and password files");
    limits = Objects.requireNonNullElse(limits, Limits.DEFAULT);
    localAgent = Objects.requireNonNullElse(localAgent, true);
  }

  @Override
  public Boolean localAgent() {
    return Objects.requireNonNull(localAgent);
  }

  @Override
  public Limits limits() {
    return Objects.requireNonNull(limits);
  }

  /// Requests to the API in a minute, 20 to 1,000,000 each; 0 and absent mean the default.
  ///
  /// @param perAddress what one address may ask with a credential, whoever it says it is; without
  ///     one, a twentieth of that
  /// @param reads what one person or program may look at
  /// @param changes what one may change
  public record Limits(int perAddress, int reads, int changes) {
    public static final Limits DEFAULT = new Limits(0, 0, 0);

    private static final int MOST = 1_000_000;

    public Limits {
      perAddress = perAddress == 0 ? 6_000 : perAddress;
      reads = reads == 0 ? 3_000 : reads;
      changes = changes == 0 ? 600 : changes;
      for (int limit : new int[] {perAddress, reads, changes}) {
        require(limit >= 20 && limit <= MOST, "limits", "choose 20 to " + MOST + " a minute");
      }
    }
  }

  /// The UI and API listener.
  ///
  /// @param address address to listen on; anything but loopback needs `tls` or `trustedProxies`
  /// @param port TCP port, 0 for any free one
  /// @param tls PEM files for HTTPS
  /// @param trustedProxies CIDRs of reverse proxies that end TLS in front of the server
  /// @param proxyDepth how many of them a request passes at most, 1 to 8; absent means 1
  /// @param names further names under which browsers reach the UI, such as `fleet.example.org`
  /// @param allowedOrigins origins of other sites whose pages may call the API with a token of
  ///     their own, such as `https://ui.example.org`; none when absent
  public record Ui(
      @Nullable String address,
      int port,
      @Nullable Tls tls,
      @Nullable List<String> trustedProxies,
      @Nullable Integer proxyDepth,
      @Nullable List<String> names,
      @Nullable List<String> allowedOrigins) {

    public Ui {
      address = Objects.requireNonNullElse(address, "127.0.0.1");
      requirePort(port, "ui.port");
      trustedProxies = trustedProxies == null ? List.of() : List.copyOf(trustedProxies);
      proxyDepth = Objects.requireNonNullElse(proxyDepth, 1);
      require(proxyDepth >= 1 && proxyDepth <= 8, "ui.proxyDepth", "choose 1 to 8");
      names = names == null ? List.of() : List.copyOf(names);
      allowedOrigins = allowedOrigins == null ? List.of() : List.copyOf(allowedOrigins);
      allowedOrigins.forEach(Origins::requireExact);
    }

    @Override
    public String address() {
      return Objects.requireNonNull(address);
    }

    @Override
    public List<String> trustedProxies() {
      return Objects.requireNonNull(trustedProxies);
    }

    @Override
    public Integer proxyDepth() {
      return Objects.requireNonNull(proxyDepth);
    }

    @Override
    public List<String> names() {
      return Objects.requireNonNull(names);
    }

    @Override
    public List<String> allowedOrigins() {
      return Objects.requireNonNull(allowedOrigins);
    }
  }

  /// PEM files of a certificate chain and its private key.
  public record Tls(Path certificateFile, Path keyFile) {
    public Tls {
      require(certificateFile != null, "ui.tls.certificateFile", "name the PEM file of the chain");
      require(keyFile != null, "ui.tls.keyFile", "name the PEM file of the private key");
    }
  }

  /// The agent link.
  ///
  /// @param addresses addresses to listen on, all of which join codes carry; loopback when absent
  /// @param port TCP port, 0 for any free one
  public record Link(@Nullable List<String> addresses, int port) {
    public Link {
      addresses =
          addresses == null || addresses.isEmpty() ? List.of("127.0.0.1") : List.copyOf(addresses);
      requirePort(port, "link.port");
    }

    @Override
    public List<String> addresses() {
      return Objects.requireNonNull(addresses);
    }
  }

  /// The database and its roles. Passwords are in files, never in this file or in the environment.
  public record Database(
      String url,
      @Nullable String ownerUser,
      Path ownerPasswordFile,
      @Nullable String appUser,
      Path appPasswordFile,
      @Nullable String auditUser,
      Path auditPasswordFile) {
    public Database {
      require(
          url != null && url.startsWith("jdbc:postgresql:"),
          "database.url",
          "give a JDBC address such as jdbc:postgresql://127.0.0.1:5432/bulkhead");
      require(
          ownerPasswordFile != null,
          "database.ownerPasswordFile",
          "name the owner's password file");
      require(
          appPasswordFile != null,
          "database.appPasswordFile",
          "name the application's password file");
      require(
          auditPasswordFile != null,
          "database.auditPasswordFile",
          "name the audit writer's password file");
      ownerUser = Objects.requireNonNullElse(ownerUser, "bulkhead_owner");
      appUser = Objects.requireNonNullElse(appUser, "bulkhead_app");
      auditUser = Objects.requireNonNullElse(auditUser, "bulkhead_audit");
    }

    @Override
    public String ownerUser() {
      return Objects.requireNonNull(ownerUser);
    }

    @Override
    public String appUser() {
      return Objects.requireNonNull(appUser);
    }

    @Override
    public String auditUser() {
      return Objects.requireNonNull(auditUser);
    }
  }

  private static void requirePort(int port, String key) {
    require(port >= 0 && port <= 65535, key, "choose a port between 0 and 65535");
  }

  private static void require(boolean holds, String key, String remedy) {
    if (!holds) {
      throw new ConfigurationException(key, remedy);
    }
  }
}
