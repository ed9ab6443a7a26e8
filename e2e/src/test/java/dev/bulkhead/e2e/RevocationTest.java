package dev.bulkhead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.join.JoinCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A host that is removed while its agent runs: cut off at once, refused from then on, and welcome
/// again only with a new code.
final class RevocationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CUT_OFF = Duration.ofSeconds(5);
  // Each try of a removed agent is one connection; these come after waits of up to 4 or 5 s each,
  // where one that hammers would need a tenth of a second.
  private static final int MORE_TRIES = 3;
  private static final Duration AT_LEAST = Duration.ofMillis(500);

  @Test
  void removed_host_isCutOff_andComesBackOnlyByJoiningAnew() throws IOException {
    try (Up up = Up.start();
        CountingProxy proxy = new CountingProxy(up.port() + 1)) {
      final Api api = Api.setUp(up);
      final JoinCode code = Joining.withAddress(Joining.create(api), "localhost:" + proxy.port());
      final Path state = AgentProcess.newState();
      final String host = join(api, state, code);

      try (AgentProcess agent = AgentProcess.run(state)) {
        awaitUp(api, host);
        remove(api, host, agent, proxy);
        stayOut(agent, proxy);
        assertThat(api.findHost(host)).isEmpty();
        assertThat(api.get("/api/v1/hosts/" + host).status()).isEqualTo(404);
      }

      final Path fresh = AgentProcess.newState();
      final String again = join(api, fresh, Joining.create(api));
      try (AgentProcess agent = AgentProcess.run(fresh)) {
        awaitUp(api, again);
        assertThat(agent.log()).contains("event=link_up");
        assertThat(again).isNotEqualTo(host);
      }
    }
  }

  private static String join(Api api, Path state, JoinCode code) {
    final Up.Finished joined = AgentProcess.join(state, code);
    assertThat(joined.exitCode()).as(joined.output()).isZero();
    return api.get("/api/v1/join-codes/" + code.joinId())
        .ok()
        .getAsJsonObject("host")
        .get("id")
        .getAsString();
  }

  private static void awaitUp(Api api, String host) {
    Awaitility.await("the agent is up").atMost(PATIENCE).until(() -> api.isUp(host));
  }

  private static void remove(Api api, String host, AgentProcess agent, CountingProxy proxy) {
    assertThat(agent.log()).doesNotContain("link_closed_by_server");
    assertThat(proxy.open()).isEqualTo(1);
    final Instant removed = Instant.now();

    api.delete("/api/v1/hosts/" + host).ok();

    Awaitility.await("the link is closed")
        .pollInterval(Duration.ofMillis(20))
        .atMost(CUT_OFF)
        .until(() -> proxy.closed() > 1);
    assertThat(Duration.between(removed, Instant.now())).isLessThan(CUT_OFF);
  }

  /// It goes on asking, ever more rarely, and says once what has happened.
  private static void stayOut(AgentProcess agent, CountingProxy proxy) {
    Awaitility.await("the agent knows that its host was removed")
        .atMost(PATIENCE)
        .until(() -> agent.log().contains("event=host_removed"));
    final int before = proxy.connections();
    final Instant from = Instant.now();

    Awaitility.await("more tries")
        .atMost(Duration.ofMinutes(2))
        .until(() -> proxy.connections() >= before + MORE_TRIES);

    assertThat(Duration.between(from, Instant.now())).isGreaterThan(AT_LEAST);
    assertThat(agent.isAlive()).isTrue();
    assertThat(agent.log().split("event=link_up", -1)).hasSize(2);
    assertThat(agent.log().split("event=host_removed", -1)).hasSize(2);
    assertThat(agent.log()).contains("revoked").contains("join anew").doesNotContain("Exception");
  }
}
