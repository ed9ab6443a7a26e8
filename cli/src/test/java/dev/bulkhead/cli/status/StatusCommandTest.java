package dev.bulkhead.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {

  private static final String STATUS =
      """
      {"version":"0.1.0","startedAt":"2026-11-20T22:43:43.827113208Z","databaseReachable":%s,
      "telemetry":{"writable":true,"waitingRows":0,"refusedSeries":0,"refusedTime":3,"troubles":[%s]}}""";

  @TempDir private Path state;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(state);
    fixture.answer("/api/v1/status", STATUS.formatted("true", ""));
    fixture.answer(
        "/api/v1/hosts",
        "{\"items\":[],\"nextCursor\":null,\"totals\":{\"all\":3,\"late\":0,\"pending\":0,\"up\":2,\"down\":1}}");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private Verb status(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "status";
    arguments[1] = "--state";
    arguments[2] = state.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Verb.run(arguments);
  }

  @Test
  void is_well_whatever_the_hosts_do() {
    Verb verb = status();

    assertThat(verb.exit()).isZero();
    assertThat(verb.out())
        .contains("well", "4711", "http://localhost:" + fixture.port(), "3: 2 up, 1 down")
        .contains("samples refused 3 for their time");
  }

  @Test
  void fails_when_nothing_runs(@TempDir Path empty) {
    Verb verb = Verb.run("status", "--state", empty.toString());

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out()).contains("No bulkhead up runs for " + empty, "Start it: ./bulkhead up");
  }

  @Test
  void says_what_to_do_before_the_setup() {
    fixture.takeOnly("nobody's");
    fixture.answer(
        "/api/v1/setup", "{\"state\":\"required\",\"installation\":{\"id\":\"55c15b16\"}}");

    Verb verb = status();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out()).contains("4711", "Finish the setup at http://localhost:");
  }

  @Test
  void names_every_trouble() {
    fixture.answer("/api/v1/status", STATUS.formatted("false", "\"A table is suspended.\""));

    Verb verb = status();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out())
        .contains("not well", "The database does not answer.", "A table is suspended.");
  }

  @Test
  void says_it_when_the_server_is_silent() {
    fixture.stopAnswering();

    Verb verb = status();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out()).contains("its server does not answer", "server.log");
  }

  @Test
  void prints_it_all_as_json() {
    var json = Json.parse(status("--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(json.path("well").asBoolean()).isTrue();
    assertThat(Json.count(json.path("up"), "pid")).isEqualTo(4711);
    assertThat(Json.text(json.path("server"), "version")).isEqualTo("0.1.0");
    assertThat(Json.count(json.path("hosts"), "down")).isEqualTo(1);
    assertThat(json.path("troubles").isEmpty()).isTrue();
  }
}
