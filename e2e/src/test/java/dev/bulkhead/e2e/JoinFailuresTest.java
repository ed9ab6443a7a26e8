package dev.bulkhead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A real agent that is not let in says why and what to do, and so does the dialog that waits for
/// it. Each cause has its exit code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JoinFailuresTest {
  private final Up up = Up.start();
  private final Api api = Api.setUp(up);

  @AfterAll
  void stop() {
    up.close();
  }

  @Test
  void join_byStandardInput_thenTheCodeIsUsed() {
    final JoinCode code = Joining.create(api);

    final Up.Finished first = AgentProcess.join(AgentProcess.newState(), code);
    final Up.Finished second = AgentProcess.join(AgentProcess.newState(), code);

    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output()).contains("Joined as").contains("fingerprint");
    assertRefused(second, 12, "join_used", "Each code admits one host");
    final JsonObject status = status(code);
    assertThat(status.get("state").getAsString()).isEqualTo("joined");
  }

  @Test
  void join_intoStateThatHasJoined_isRefused() {
    final var state = AgentProcess.newState();
    final Up.Finished first = AgentProcess.join(state, Joining.create(api));
    assertThat(first.exitCode()).as(first.output()).isZero();

    final Up.Finished again = AgentProcess.join(state, Joining.create(api));

    assertRefused(again, 22, "already_joined", "--state");
  }

  @Test
  void join_withoutArgument_asks() {
    final JoinCode code = Joining.create(api);

    final Up.Finished joined =
        Up.run(
            Map.of(),
            Up.agent("join", "--state", AgentProcess.newState().toString()),
            code.encode() + "\n");

    assertThat(joined.exitCode()).as(joined.output()).isZero();
    assertThat(joined.output()).contains("Join code");
  }

  @Test
  void join_withWithdrawnCode_isExpired() {
    final JoinCode code = Joining.create(api);
    api.delete("/api/v1/join-codes/" + code.joinId()).ok();

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), code);

    assertRefused(joined, 11, "join_expired", "Make a new code");
    final JsonObject status = status(code);
    assertThat(status.get("state").getAsString()).isEqualTo("expired");
    assertThat(status.getAsJsonObject("failure").get("cause").getAsString()).isEqualTo("expired");
  }

  @Test
  void join_withUnknownCode_isRefused() {
    final JoinCode code = Joining.withId(Joining.create(api), UUID.randomUUID());

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), code);

    assertRefused(joined, 13, "join_unknown", "belongs to another installation");
  }

  @Test
  void join_withOtherSecret_isRefusedAndShown() {
    final JoinCode code = Joining.create(api);
    final JoinCode other = Joining.withId(Joining.create(api), code.joinId());

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), other);

    assertRefused(joined, 13, "join_unknown", "Copy the whole line again");
    final JsonObject failure = status(code).getAsJsonObject("failure");
    assertThat(failure.get("cause").getAsString()).isEqualTo("refused");
    assertThat(failure.get("remedy").getAsString()).contains("Copy the whole command again");
    final Up.Finished right = AgentProcess.join(AgentProcess.newState(), code);
    assertThat(right.exitCode()).as(right.output()).isZero();
  }

  @Test
  void join_withWrongPin_stopsBeforeTheSecretIsSent() {
    final JoinCode code = Joining.create(api);
    final byte[] pin = code.authority().bytes();
    pin[7] ^= 1;

    final Up.Finished joined =
        AgentProcess.join(AgentProcess.newState(), Joining.withAuthority(code, Sha256.of(pin)));

    assertRefused(joined, 14, "wrong_authority", "something that opens TLS on the way");
    assertThat(status(code).get("state").getAsString()).isEqualTo("waiting");
  }

  @Test
  void join_withNameThatNobodyKnows_saysSo() {
    final JoinCode code = Joining.withAddress(Joining.create(api), "bulkhead.invalid:7443");

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), code);

    assertRefused(joined, 16, "name_not_resolved", "DNS");
    assertThat(joined.output()).contains("bulkhead.invalid:7443");
  }

  @Test
  void join_atClosedPort_saysSo() throws IOException {
    final int closed;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = once.getLocalPort();
    }
    final JoinCode code = Joining.withAddress(Joining.create(api), "127.0.0.1:" + closed);

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), code);

    assertRefused(joined, 17, "not_reachable", "--link-address");
    assertThat(joined.output()).contains("127.0.0.1:" + closed);
  }

  @Test
  void join_atThePagesPort_saysSo() {
    final JoinCode code = Joining.withAddress(Joining.create(api), "127.0.0.1:" + up.port());

    final Up.Finished joined = AgentProcess.join(AgentProcess.newState(), code);

    assertRefused(joined, 18, "broken", "server's log");
  }

  @Test
  void join_withDamagedCode_asksForTheWholeOne() {
    final String code = Joining.create(api).encode();

    final Up.Finished cut =
        AgentProcess.join(AgentProcess.newState(), code.substring(0, code.length() - 9));
    final Up.Finished none = AgentProcess.join(AgentProcess.newState(), "ssh-rsa AAAA");

    assertRefused(cut, 10, "damaged", "Copy the whole code again");
    assertRefused(none, 10, "not_a_join_code", "Add host");
  }

  private JsonObject status(JoinCode code) {
    return api.get("/api/v1/join-codes/" + code.joinId()).ok();
  }

  private static void assertRefused(Up.Finished joined, int exitCode, String cause, String remedy) {
    assertThat(joined.exitCode()).as(joined.output()).isEqualTo(exitCode);
    assertThat(joined.output())
        .startsWith("Not joined: ")
        .contains("[" + cause + "]")
        .contains("What to do: ")
        .contains(remedy)
        .doesNotContainPattern("bhj1_\\w")
        .doesNotContain("Exception");
  }
}
