package dev.bulkhead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What an operator does with `up`: starts it twice, starts two, stops it, starts it again.
final class LifecycleTest {
  private static final String CPU = "system.cpu.utilization";

  @Test
  void second_up_isRefused_andOthersLiveBesideIt() throws IOException {
    try (Up first = Up.start()) {
      refuseSameState(first);
      refuseTakenPort(first);
      final Map<String, String> jar = new ConcurrentHashMap<>();
      final Api there = Api.setUp(first, jar);
      try (Up second = Up.start()) {
        final Api here = Api.setUp(second, jar);
        keepApart(there, here, jar);
      }
    }
  }

  private static void refuseSameState(Up running) throws IOException {
    final Up.Finished second =
        Up.run(
            Map.of(),
            Up.cli(
                "up",
                "--state",
                running.state().toString(),
                "--port",
                Integer.toString(Up.freePort())));

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output())
        .contains("already running")
        .contains("process " + running.process().pid())
        .contains("http://localhost:" + running.port())
        .contains("--state");
  }

  private static void refuseTakenPort(Up running) throws IOException {
    final Path state = Files.createTempDirectory("bulkhead-beside");

    final Up.Finished ui = Up.run(Map.of(), up(state, running.port(), Up.freePort()));
    final Up.Finished link = Up.run(Map.of(), up(state, Up.freePort(), running.port() + 1));

    assertThat(ui.exitCode()).isEqualTo(1);
    assertThat(ui.output()).contains("Port " + running.port()).contains("--port N");
    assertThat(link.exitCode()).isEqualTo(1);
    assertThat(link.output()).contains("Port " + (running.port() + 1)).contains("--link-port N");
    assertThat(new StateProcesses(state).list()).isEmpty();
  }

  private static List<String> up(Path state, int port, int linkPort) {
    return Up.cli(
        "up",
        "--state",
        state.toString(),
        "--port",
        Integer.toString(port),
        "--link-port",
        Integer.toString(linkPort));
  }

  /// Both see the same cookies, as a browser would send them: cookies know no ports.
  private static void keepApart(Api there, Api here, Map<String, String> jar) {
    assertThat(sessions(jar)).hasSize(2);
    assertThat(there.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(here.get("/api/v1/session").status()).isEqualTo(200);

    here.delete("/api/v1/session").ok();

    assertThat(here.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(there.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(sessions(jar)).hasSize(1);
  }

  private static List<String> sessions(Map<String, String> jar) {
    return jar.keySet().stream()
        .filter(name -> name.matches("__Host-bulkhead-[0-9a-f]{8}"))
        .toList();
  }

  @Test
  void sigterm_stopsAllInOrder_andNothingIsLost() throws IOException {
    final Up up = Up.start();
    final Api api = Api.setUp(up);
    final String host = awaitUp(api);
    final Instant before = awaitHistory(api, host);
    final StateProcesses processes = new StateProcesses(up.state());
    assertThat(processes.find(StateProcesses.AGENT)).isPresent();
    assertThat(processes.find(StateProcesses.SERVER)).isPresent();
    assertThat(processes.findPostmaster()).isPresent();

    up.stop();

    assertThat(up.process().exitValue()).as(up.output()).isZero();
    assertThat(up.output().lines().filter(line -> line.startsWith("stop")))
        .containsExactly("stopping", "stopped");
    assertThat(processes.list()).isEmpty();
    assertThat(Files.readString(up.state().resolve("agent/agent.log")).lines().toList().getLast())
        .contains("agent_stopped")
        .contains("link_ended=true");
    assertThat(up.state().resolve("lock")).isEmptyFile();

    try (up) {
      up.restart();

      assertThat(up.output()).doesNotContain("setup code");
      assertThat(api.get("/api/v1/setup").text("state")).isEqualTo("done");
      assertThat(api.get("/api/v1/session").status()).isEqualTo(200);
      assertThat(awaitUp(api)).isEqualTo(host);
      assertThat(api.hosts()).hasSize(1);
      assertThat(api.history(host, CPU, before.minusSeconds(60), Instant.now()))
          .anyMatch(point -> !point.isAfter(before));
    }
  }

  private static String awaitUp(Api api) {
    return Awaitility.await("this machine's agent")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.hosts().stream()
                    .filter(host -> host.get("state").getAsString().equals("up"))
                    .map(LifecycleTest::id)
                    .findFirst()
                    .orElse(""),
            id -> !id.isEmpty());
  }

  private static String id(JsonObject host) {
    return host.get("id").getAsString();
  }

  private static Instant awaitHistory(Api api, String host) {
    return Awaitility.await("a sample in the history")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              final Instant now = Instant.now();
              return api.history(host, CPU, now.minusSeconds(60), now.plusSeconds(1));
            },
            points -> !points.isEmpty())
        .getLast();
  }
}
