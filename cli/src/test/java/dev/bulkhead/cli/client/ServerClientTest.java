package dev.bulkhead.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerClientTest {

  private static final Query STATUS = Query.of("/api/v1/status");

  @TempDir private Path directory;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(directory.resolve("state"));
    fixture.answer("/api/v1/status", "{\"version\":\"0.1.0\"}");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void says_how_to_start_when_nothing_runs() {
    Path empty = directory.resolve("empty");

    assertThatThrownBy(() -> ServerClient.ofState(empty))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("No bulkhead up runs for " + empty + ".\nStart it: ./bulkhead up");
  }

  @Test
  void takes_a_lock_that_nobody_holds_for_a_killed_supervisor() throws IOException {
    Path killed = Files.createDirectory(directory.resolve("killed"));
    Files.copy(fixture.state().resolve("lock"), killed.resolve("lock"));

    assertThatThrownBy(() -> ServerClient.ofState(killed))
        .hasMessageContaining("No bulkhead up runs");
  }

  @Test
  void reads_with_the_token() throws Exception {
    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      assertThat(Json.text(client.get(STATUS), "version")).isEqualTo("0.1.0");
    }
  }

  @Test
  void reads_the_token_anew_when_the_server_has_started_again() throws Exception {
    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      fixture.restart("bhl_second000000000000000000");

      assertThat(Json.text(client.get(STATUS), "version")).isEqualTo("0.1.0");
    }
  }

  @Test
  void names_the_setup_before_it_is_done() throws Exception {
    fixture.takeOnly("nobody's");
    fixture.answer(
        "/api/v1/setup", "{\"state\":\"required\",\"installation\":{\"id\":\"55c15b16\"}}");

    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      assertThatThrownBy(() -> client.get(STATUS))
          .isInstanceOf(SetupRequired.class)
          .hasMessage("Finish the setup at http://localhost:" + fixture.port() + " first.");
    }
  }

  @Test
  void says_so_when_its_token_is_refused_for_good() throws Exception {
    fixture.takeOnly("bhl_another00000000000000000");

    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      assertThatThrownBy(() -> client.get(STATUS))
          .hasMessageContaining("does not take the token in " + fixture.tokenFile())
          .message()
          .doesNotContain("bhl_");
    }
  }

  @Test
  void sends_nothing_but_a_token() throws IOException {
    Files.writeString(fixture.tokenFile(), "root:$y$j9T$secret:19000:0:99999:7:::\n");

    assertThatThrownBy(() -> ServerClient.ofState(fixture.state()))
        .hasMessageContaining("holds no token")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void follows_no_link_to_another_file() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "bhl_other000000000000000000\n");
    Files.delete(fixture.tokenFile());
    Files.createSymbolicLink(fixture.tokenFile(), other);

    assertThatThrownBy(() -> ServerClient.ofState(fixture.state()))
        .hasMessageContaining("holds no token");
  }

  @Test
  void says_that_the_server_is_starting_before_there_is_a_token() throws IOException {
    Files.delete(fixture.tokenFile());

    assertThatThrownBy(() -> ServerClient.ofState(fixture.state()))
        .isInstanceOf(ServerUnreachable.class)
        .hasMessageContaining("still starting");
  }

  @Test
  void tells_a_silent_server_from_a_stopped_one() {
    fixture.stopAnswering();

    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      assertThatThrownBy(() -> client.get(STATUS))
          .isInstanceOf(ServerUnreachable.class)
          .hasMessageContaining("process 4711");
    }
  }

  @Test
  void shows_a_problem_of_the_server_without_its_control_characters() {
    fixture.answer(
        "/api/v1/status",
        _ ->
            new FixtureServer.Reply(
                400,
                """
                {"title":"Some fields\\u001b[2J need another value","status":400,"code":"validation",
                "errors":[{"field":"sort","message":"choose one of cpu"}]}"""));

    try (ServerClient client = ServerClient.ofState(fixture.state())) {
      assertThatThrownBy(() -> client.get(STATUS))
          .isInstanceOfSatisfying(
              ServerRefusal.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(400);
                assertThat(refusal.code()).isEqualTo("validation");
              })
          .hasMessageContaining("sort: choose one of cpu")
          .message()
          .doesNotContain("\u001b");
    }
  }

  @Test
  void encodes_what_people_type() {
    assertThat(Query.of("/x").with("a", "b c&d=ü").with("none", null).with("n", 3).target())
        .isEqualTo("/x?a=b+c%26d%3D%C3%BC&n=3");
  }
}
