package dev.bulkhead.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.FixtureServer.Reply;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class HostsCommandTest {

  @TempDir private Path state;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(state);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private Verb hosts(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "hosts";
    arguments[1] = "--state";
    arguments[2] = state.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Verb.run(arguments);
  }

  @Test
  void lists_hosts_with_shape_and_word() {
    fixture.answer(
        HostPages.PATH,
        Recorded.page(
            "null",
            2,
            Recorded.host(Recorded.ID, "web-1", "web-1", "up"),
            Recorded.host("b", "db", "db", "down")));

    Verb verb = hosts();

    assertThat(verb.exit()).isZero();
    assertThat(verb.out().lines().toList().get(1))
        .matches("web-1  . up  +agent +\\d+ \\S+ +100 % +14 % +27 % +15\\.54 +.*  env:prod");
    assertThat(verb.out()).contains("■ down", "2 hosts; in all 2 up").doesNotContain("\u001b");
  }

  @Test
  void follows_pages_and_passes_conditions_on() {
    fixture.answer(
        HostPages.PATH,
        query ->
            Reply.ok(
                query.containsKey("cursor")
                    ? Recorded.page("null", 9, Recorded.host("b", "two", "two", "up"))
                    : Recorded.page("\"a\"", 9, Recorded.host("a", "one", "one", "up"))));

    Verb verb =
        hosts("--query", "e f", "--tag", "env:prod", "--host-state", "up", "--sort", "-cpu");

    assertThat(verb.out()).contains("one", "two", "2 of 9 hosts");
    assertThat(fixture.requests())
        .contains(
            "/api/v1/hosts?query=e+f&tag=env%3Aprod&state=up&sort=-cpu&limit=1000",
            "/api/v1/hosts?query=e+f&tag=env%3Aprod&state=up&sort=-cpu&limit=1000&cursor=a");
  }

  @Test
  void prints_one_json_object_over_all_pages() {
    fixture.answer(
        HostPages.PATH,
        query ->
            Reply.ok(
                query.containsKey("cursor")
                    ? Recorded.page("null", 2, Recorded.host("b", "two", "two", "up"))
                    : Recorded.page("\"a\"", 2, Recorded.host("a", "one", "one", "up"))));

    JsonNode json = Json.parse(hosts("--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(json.path("items").size()).isEqualTo(2);
    assertThat(Json.text(json.path("items").path(1), "name")).isEqualTo("two");
    assertThat(Json.count(json.path("totals"), "all")).isEqualTo(2);
  }

  @Test
  void says_what_to_do_when_there_are_none() {
    fixture.answer(HostPages.PATH, Recorded.page("null", 0));

    Verb verb = hosts();

    assertThat(verb.exit()).isZero();
    assertThat(verb.out()).contains("No hosts yet.", "http://localhost:" + fixture.port());
  }

  @Test
  void tells_no_match_from_no_hosts() {
    fixture.answer(HostPages.PATH, Recorded.page("null", 5));

    assertThat(hosts("--query", "x").out()).contains("No host matches; there are 5 in all.");
  }

  @Test
  void names_the_states_when_one_is_mistyped() {
    Verb verb = hosts("--host-state", "upp");

    assertThat(verb.exit()).isEqualTo(2);
    assertThat(verb.err()).contains("up, late, down, pending", "upp");
  }

  @Test
  void fails_when_nothing_runs(@TempDir Path empty) {
    Verb verb = Verb.run("hosts", "--state", empty.toString());

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("No bulkhead up runs for " + empty, "Start it: ./bulkhead up");
  }
}
