package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server, with the telemetry store inside.
final class ServerProcess implements Child {

  // Never compact object headers here: the telemetry store crashes with them.
  private static final List<String> FLAGS =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:-UsePerfData",
          // A server that has run out of memory half works: it ends, and is started again.
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // Resumed TLS sessions would skip the judgement of an agent's certificate.
          "-Djdk.tls.server.newSessionTicketCount=0");

  private static final Duration MOST_START = Duration.ofMinutes(3);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final int ANSWER_MILLIS = 2_000;
  private static final int TAIL_LINES = 25;
  private static final int OK = 200;

  private final UpSettings settings;
  private final StateDirectory state;
  private final Account account;
  private final AccountFiles files;
  private final Installation installation;
  private final ReadablePrograms programs;
  private final DatabaseSecrets secrets;
  private final Postgres postgres;
  private final Announcer announcer;
  private volatile @Nullable JavaProcess process;
  private volatile int databasePort;

  ServerProcess(
      UpSettings settings,
      StateDirectory state,
      Account account,
      Installation installation,
      DatabaseSecrets secrets,
      Postgres postgres,
      Announcer announcer) {
    this.settings = settings;
    this.state = state;
    this.account = account;
    this.files = new AccountFiles(account);
    this.installation = installation;
    this.programs = new ReadablePrograms(state, account);
    this.secrets = secrets;
    this.postgres = postgres;
    this.announcer = announcer;
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public void start() throws InterruptedException {
    var watch = Stopwatch.start();
    requireBuilt();
    programs.requireJava(installation.java());
    Path jars = programs.locate(installation.server());
    databasePort = postgres.port();
    files.write(
        configuration(),
        ServerConfiguration.yaml(
            settings, state.server(), databasePort, secrets, Platform.isRoot()));
    files.createDirectory(logs());
    List<String> command = new ArrayList<>(List.of(installation.javaProgram()));
    command.addAll(FLAGS);
    command.addAll(
        List.of("-cp", jars + "/*", Installation.SERVER, "--config", configuration().toString()));
    JavaProcess started =
        JavaProcess.start(account, command, ChildEnvironment.ofServer(System.getenv()), log());
    process = started;
    awaitReady(started);
    announcer.say("telemetry store ready");
    announcer.say("server ready at " + settings.url(), watch.elapsed());
  }

  @Override
  public String awaitEnd() throws InterruptedException {
    JavaProcess watched = process;
    if (watched == null) {
      throw new IllegalStateException("the server has not been started");
    }
    return watched.awaitEnd();
  }

  @Override
  public void stop() throws InterruptedException {
    JavaProcess running = process;
    if (running != null) {
      running.stop();
    }
  }

  /// Ends it when PostgreSQL has moved, so that it starts again with the new port.
  void followDatabase() throws InterruptedException {
    if (process != null && databasePort != postgres.port()) {
      announcer.say("PostgreSQL has moved to another port: the server starts again");
      stop();
    }
  }

  /// @throws CommandFailure when the build has made no server
  void requireBuilt() {
    if (!Installation.holds(installation.server(), Installation.SERVER)) {
      throw new CommandFailure(
          "There is no server in " + installation.server() + ".\nBuild it: ./bulkhead build");
    }
  }

  /// Ends a server that a killed supervisor left behind: it is ending by itself, or it hangs.
  void endLeftover() throws InterruptedException {
    Leftovers.awaitEnd(
        List.of(Installation.SERVER, configuration().toString()),
        account.uid(),
        Duration.ofSeconds(20));
  }

  private void awaitReady(JavaProcess started) throws InterruptedException {
    boolean decided = Condition.await(GLANCE, MOST_START, () -> !started.isAlive() || isReady());
    if (decided && started.isAlive()) {
      return;
    }
    String what =
        decided
            ? "The server ended before it was ready (" + started.awaitEnd() + ")"
            : "The server was not ready after " + MOST_START.toMinutes() + " minutes";
    started.kill();
    throw new CommandFailure(
        what + "; its log is " + log() + "\nIt ends with:\n" + files.tail(log(), TAIL_LINES));
  }

  private boolean isReady() {
    try {
      URI uri = URI.create("http://127.0.0.1:" + settings.port() + "/readyz");
      var connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  private Path configuration() {
    return state.server().resolve("server.yaml");
  }

  private Path log() {
    return logs().resolve("server.log");
  }

  private Path logs() {
    return state.server().resolve("log");
  }
}
