package dev.bulkhead.cli.up;

import dev.bulkhead.cli.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;

/// A state directory in a test's own folder, with PostgreSQL on it, and programs that stand in for
/// ours.
final class TestMachine {

  private static @Nullable Path template;

  private final Path folder;
  private final StateDirectory state;
  private final StringWriter said = new StringWriter();
  private final Account postgresUser;
  private final Account serverUser;

  /// @param folder an empty folder; as root, children's users pass through it
  TestMachine(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.state = new StateDirectory(folder.toRealPath().resolve("the state"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    this.postgresUser = Account.ofService("bulkhead-postgres");
    this.serverUser = Account.ofService("bulkhead-server");
  }

  /// One whose PostgreSQL has been initialised: a copy, because that takes seconds.
  static TestMachine prepared(Path folder) throws IOException, InterruptedException {
    var machine = new TestMachine(folder);
    var copied =
        ShortCommand.of(
                List.of("cp", "-a", template().toString(), machine.state().root().toString()))
            .run();
    if (!copied.isDone()) {
      throw new IOException(copied.output());
    }
    return machine;
  }

  private static synchronized Path template() throws IOException, InterruptedException {
    if (template == null) {
      Path folder = Files.createTempDirectory("bulkhead-template");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      var machine = new TestMachine(folder);
      Postgres postgres = machine.postgres();
      postgres.start();
      postgres.stop();
      template = machine.state().root();
    }
    return template;
  }

  private static void delete(Path folder) {
    try {
      PostgresBinaries.deleteTree(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StateDirectory state() {
    return state;
  }

  Account postgresUser() {
    return postgresUser;
  }

  Account serverUser() {
    return serverUser;
  }

  Path data() {
    return state.postgres().resolve("data");
  }

  /// All that was announced.
  String said() {
    return said.toString();
  }

  /// A PostgreSQL that has not been started yet; a second one on this machine is the next
  /// supervisor's.
  Postgres postgres() {
    state.create();
    state.createPrivate(state.server(), serverUser);
    try {
      Files.writeString(state.lock(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = Versions.read().postgresql();
    var binaries = new PostgresBinaries(version, state.postgres().resolve(version));
    return new Postgres(
        state,
        postgresUser,
        binaries,
        new DatabaseSecrets(state, serverUser),
        new Announcer(new PrintWriter(said)));
  }

  String password(DatabaseRole role) throws IOException {
    return Files.readString(new DatabaseSecrets(state, serverUser).file(role)).strip();
  }

  String superuserPassword() throws IOException {
    return Files.readString(state.superuserPassword()).strip();
  }

  Postmaster postmaster() throws IOException {
    return Postmaster.parse(Files.readString(data().resolve("postmaster.pid"))).orElseThrow();
  }

  static Connection connect(int port, String database, String role, String password)
      throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", password);
    properties.setProperty("sslmode", "disable");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  /// The folder of programs, with stand-ins for server and agent in jars of their own.
  Path programs() throws IOException {
    Path home = folder.resolve("programs");
    pack(home.resolve("server").resolve("bulkhead-server-0.jar"), Installation.SERVER);
    pack(home.resolve("agent").resolve("bulkhead-agent-0.jar"), Installation.AGENT);
    return home;
  }

  /// A port that is free now, and whose neighbour is free too.
  static int freePort() {
    var random = new Random();
    int port = Ports.findFree(random);
    while (!Ports.isFree("127.0.0.1", port + 1)) {
      port = Ports.findFree(random);
    }
    return port;
  }

  private static void pack(Path jar, String mainClass) throws IOException {
    Path folder = Objects.requireNonNull(jar.getParent());
    Files.createDirectories(folder);
    String entry = mainClass.replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var in = TestMachine.class.getResourceAsStream("/" + entry)) {
      out.putNextEntry(new JarEntry(entry));
      Objects.requireNonNull(in).transferTo(out);
    }
  }
}
