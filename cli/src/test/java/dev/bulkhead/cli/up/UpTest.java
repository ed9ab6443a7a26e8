package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bulkhead up` as a process, with a real PostgreSQL, and stand-ins for the server and the agent.
final class UpTest {

  @TempDir private Path folder;
  private TestMachine machine;
  private Path programs;
  private int port;

  @BeforeEach
  void prepare() throws IOException, InterruptedException {
    machine = TestMachine.prepared(folder);
    programs = machine.programs();
    port = TestMachine.freePort();
  }

  @AfterEach
  void stopPostgres() throws InterruptedException {
    if (Files.exists(machine.state().root())) {
      machine.postgres().stop();
    }
  }

  @Test
  void starts_all_in_order_and_stops_all_in_order(@TempDir Path empty)
      throws IOException, InterruptedException {
    machine = new TestMachine(empty);
    programs = machine.programs();
    try (UpProcess up = up()) {
      up.awaitLine("agent started");

      assertThat(up.lines().stream().map(UpTest::firstWords).toList())
          .containsSubsequence(
              "PostgreSQL 18.6 ready",
              "telemetry store ready",
              "server ready at",
              "Bulkhead: http://localhost:" + port,
              "setup code: ABCD-EFGH-JKMN-PQRS",
              "agent joined",
              "agent started");
      Awaitility.await().until(() -> log("agent/agent.log").contains("environment"));
      assertThat(Files.readString(machine.state().agent().resolve("identity.json")))
          .contains("bhj1_standin");
      assertThat(up.interrupt()).isZero();
      assertThat(up.lines()).endsWith("stopping", "stopped");
    }
    assertThat(log("server/log/server.log")).endsWith("stopped in order\n");
    assertThat(log("agent/agent.log")).endsWith("stopped in order\n");
    assertThat(machine.data().resolve("postmaster.pid")).doesNotExist();
    assertThat(Files.readString(machine.state().lock())).isEmpty();
  }

  @Test
  void gives_children_an_environment_of_their_own() throws IOException, InterruptedException {
    try (UpProcess up = up()) {
      up.awaitLine("agent started");
      Awaitility.await().until(() -> log("agent/agent.log").contains("environment"));

      assertThat(log("server/log/server.log"))
          .contains("BULKHEAD_LOG", "MALLOC_ARENA_MAX", "PATH")
          .doesNotContain("AWS_SECRET_ACCESS_KEY", "HOME");
      assertThat(log("agent/agent.log"))
          .contains("MALLOC_ARENA_MAX")
          .doesNotContain("AWS_SECRET_ACCESS_KEY", "BULKHEAD_LOG", "HOME", "PWD");
    }
  }

  @Test
  void runs_children_that_end_when_they_run_out_of_memory() throws IOException {
    try (UpProcess up = up()) {
      up.awaitLine("agent started");

      assertThat(commandLine(pidOf(Installation.SERVER))).contains("-XX:+ExitOnOutOfMemoryError");
      assertThat(commandLine(pidOf(Installation.AGENT))).contains("-XX:+ExitOnOutOfMemoryError");
    }
  }

  @Test
  void refuses_a_second_supervisor_and_names_the_first() throws IOException, InterruptedException {
    try (UpProcess first = up()) {
      first.awaitLine("server ready");

      UpProcess second = up();

      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.text())
          .contains("already running")
          .contains("process " + first.pid())
          .contains("http://localhost:" + port);
      assertThat(log("lock"))
          .matches(
              "\\{\"pid\":%d,\"port\":%d,\"linkPort\":%d,\"startedAt\":\"[0-9T:Z-]+\"}\n"
                  .formatted(first.pid(), port, port + 1));
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(machine.state().lock())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void adopts_postgresql_after_the_supervisor_was_killed()
      throws IOException, InterruptedException {
    long server;
    long postmaster;
    try (UpProcess first = up()) {
      first.awaitLine("agent started");
      server = pidOf(Installation.SERVER);
      postmaster = machine.postmaster().pid();
      first.kill();
    }
    try (UpProcess second = up("--no-agent")) {
      second.awaitLine("server ready");

      assertThat(second.text()).contains("PostgreSQL 18.6 adopted");
      assertThat(machine.postmaster().pid()).isEqualTo(postmaster);
      assertThat(commandLine(server)).doesNotContain(Installation.SERVER);
      assertThat(second.stop()).isZero();
    }
    assertThat(machine.data().resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void begins_again_after_it_was_killed_while_it_initialised_postgresql(@TempDir Path empty)
      throws IOException, InterruptedException {
    machine = new TestMachine(empty);
    programs = machine.programs();
    Path half = machine.state().postgres().resolve("data.new");
    try (UpProcess first = up("--no-agent")) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(half.resolve("PG_VERSION")));
      first.kill();
    }
    assertThat(machine.data()).doesNotExist();

    try (UpProcess second = up("--no-agent")) {
      second.awaitLine("server ready");

      assertThat(half).doesNotExist();
      assertThat(second.stop()).isZero();
    }
  }

  @Test
  void starts_each_child_again_when_it_is_killed() throws IOException, InterruptedException {
    try (UpProcess up = up()) {
      up.awaitLine("agent started");

      kill(pidOf(Installation.SERVER));
      up.awaitLine("server ended (exit 137); next start in");
      up.awaitLine("server ready", 2);
      kill(pidOf(Installation.AGENT));
      up.awaitLine("agent ended (exit 137); next start in");
      up.awaitLine("agent started", 2);
      kill(machine.postmaster().pid());
      up.awaitLine("PostgreSQL ended");
      up.awaitLine("PostgreSQL 18.6 ready", 2);

      assertThat(answersReady()).isTrue();
    }
  }

  @Test
  void says_how_the_server_failed_and_leaves_nothing_running()
      throws IOException, InterruptedException {
    try (UpProcess up = up("--no-agent")) {
      up.awaitLine("server ready");
    }
    new AccountFiles(machine.serverUser()).write(machine.state().server().resolve("fail"), "");

    UpProcess up = up("--no-agent");

    assertThat(up.awaitExit()).isEqualTo(1);
    assertThat(up.text())
        .contains("exit 3", "the stand-in was [31mtold to fail", "server.log")
        .doesNotContain("\u001b", "\u202e");
    assertThat(machine.data().resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void shows_nothing_that_is_no_setup_code() {
    assertThat(Supervisor.isSetupCode("ABCD-EFGH-JKMN-PQ29")).isTrue();
    assertThat(Supervisor.isSetupCode("ABCD-EFGH-JKMN-PQ29\n")).isFalse();
    assertThat(Supervisor.isSetupCode("ABCD-EFGH-JKMN-\u001b[2J")).isFalse();
    assertThat(Supervisor.isSetupCode("")).isFalse();
  }

  @Test
  void starts_the_server_again_though_a_pipe_blocked_its_start()
      throws IOException, InterruptedException {
    Path pipe = machine.state().server().resolve("server.yaml.new");
    try (UpProcess up = up("--no-agent")) {
      up.awaitLine("server ready");
      makePipe(pipe);
      kill(pidOf(Installation.SERVER));
      up.awaitLine("server did not start");

      Files.delete(pipe);

      up.awaitLine("server ready", 2);
    }
  }

  @Test
  void stops_while_a_pipe_blocks_the_start_of_the_server()
      throws IOException, InterruptedException {
    Path pipe = machine.state().server().resolve("server.yaml.new");
    try (UpProcess up = up("--no-agent")) {
      up.awaitLine("server ready");
      makePipe(pipe);
      kill(pidOf(Installation.SERVER));
      Awaitility.await()
          .until(
              () ->
                  ProcessHandle.allProcesses()
                      .map(process -> commandLine(process.pid()))
                      .anyMatch(w -> w.contains("sh") && w.contains(configuration())));
      var watch = Stopwatch.start();

      assertThat(up.interrupt()).isZero();

      assertThat(watch.elapsed()).isLessThan(Duration.ofSeconds(15));
      assertThat(machine.data().resolve("postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void says_what_to_do_when_the_identity_of_a_joined_agent_is_gone()
      throws IOException, InterruptedException {
    Path joined = machine.state().server().resolve("local-host-joined");
    new AccountFiles(machine.serverUser()).write(joined, "");
    try (UpProcess up = up()) {
      up.awaitLine("What to do: remove this machine's host on the web page");

      assertThat(up.text())
          .contains("its identity is gone from " + machine.state().agent())
          .doesNotContain("agent waits until an owner is set up");
      // As the server does after the host has been removed.
      Files.delete(joined);
      new AccountFiles(machine.serverUser())
          .write(machine.state().server().resolve("local-join-code"), "bhj1_standin");
      up.awaitLine("agent started");
      assertThat(up.lines()).filteredOn(line -> line.contains("What to do")).hasSize(1);
      assertThat(up.stop()).isZero();
    }
  }

  @Test
  void says_that_the_server_is_not_built() throws IOException, InterruptedException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    UpProcess up = UpProcess.start(empty, "--state", machine.state().root().toString());

    assertThat(up.awaitExit()).isEqualTo(1);
    assertThat(up.text()).contains("There is no server", "./bulkhead build");
  }

  @Test
  void names_the_port_that_is_taken_and_its_option() throws IOException, InterruptedException {
    try (var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 1));

      UpProcess up = up();

      assertThat(up.awaitExit()).isEqualTo(1);
      assertThat(up.text()).contains("Port " + (port + 1), "--link-port");
    }
  }

  @Test
  void runs_the_server_from_a_copy_when_its_user_cannot_read_the_build()
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwx------"));
    try (UpProcess up = up("--no-agent")) {
      up.awaitLine("server ready");

      boolean copied = Files.isDirectory(machine.state().programs().resolve("server"));
      assertThat(copied).isEqualTo(Platform.isRoot());
    }
  }

  @Test
  void runs_two_states_side_by_side(@TempDir Path otherFolder)
      throws IOException, InterruptedException {
    var other = TestMachine.prepared(otherFolder);
    try (UpProcess up = up("--no-agent")) {
      up.awaitLine("server ready");
      try (UpProcess beside =
          UpProcess.start(
              programs,
              "--no-agent",
              "--state",
              other.state().root().toString(),
              "--port",
              Integer.toString(TestMachine.freePort()))) {
        beside.awaitLine("server ready");

        assertThat(beside.stop()).isZero();
      }
      assertThat(answersReady()).isTrue();
      assertThat(up.stop()).isZero();
    }
  }

  private UpProcess up(String... more) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "--state", machine.state().root().toString(), "--port", Integer.toString(port)));
    arguments.addAll(List.of(more));
    return UpProcess.start(programs, arguments.toArray(String[]::new));
  }

  /// The child of that class on this test's state.
  private long pidOf(String mainClass) {
    String state = machine.state().root().toString();
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              List<String> words = commandLine(process.pid());
              return words.contains(mainClass)
                  && words.stream().anyMatch(word -> word.startsWith(state));
            })
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElseThrow();
  }

  private String configuration() {
    return machine.state().server().resolve("server.yaml").toString();
  }

  /// As the server's user, who might.
  private void makePipe(Path pipe) throws InterruptedException {
    new AccountFiles(machine.serverUser()).shell("mkfifo \"$1\"", "", pipe.toString());
  }

  private static List<String> commandLine(long pid) {
    try {
      return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1));
    } catch (IOException e) {
      // It ended while we looked.
      return List.of();
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private boolean answersReady() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }
  }

  private String log(String path) throws IOException {
    return Files.readString(machine.state().root().resolve(path));
  }

  /// A line without the space and without figures that differ each time.
  private static String firstWords(String line) {
    return line.strip()
        .replaceAll("\\s+", " ")
        .replaceFirst(" on 127.*", "")
        .replaceFirst("(server ready at).*", "$1");
  }
}
