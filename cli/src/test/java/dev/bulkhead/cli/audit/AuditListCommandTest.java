package dev.bulkhead.cli.audit;

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

final class AuditListCommandTest {

  @TempDir private Path state;
  private FixtureServer fixture;
  private final FixtureChain tenant = FixtureChain.of("t", 2100, "owner\u001b[31m");

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(state);
    fixture.answer("/api/v1/audit/records", tenant::page);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private Verb list(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "audit";
    arguments[1] = "list";
    arguments[2] = "--state";
    arguments[3] = state.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Verb.run(arguments);
  }

  @Test
  void shows_what_who_where_and_to_what() {
    Verb verb = list("--limit", "1");

    assertThat(verb.exit()).isZero();
    assertThat(verb.out())
        .containsPattern("1  .* host\\.joined  ok .*192\\.0\\.2\\.1  host 435b0435  name=web-1")
        .doesNotContain("\u001b");
  }

  @Test
  void begins_after_a_sequence_and_ends_at_the_limit() {
    assertThat(list("--after", "5", "--limit", "1500").out().lines()).hasSize(1501);
    assertThat(list("--after", "2100").out()).contains("No records after 2100.");
  }

  @Test
  void prints_a_json_line_for_each_record() {
    String line = list("--json", "--after", "1", "--limit", "1").out();

    var json = Json.parse(line.getBytes(StandardCharsets.UTF_8));
    assertThat(Json.count(json, "sequence")).isEqualTo(2);
    assertThat(Json.text(json, "hash")).isEqualTo(tenant.hash(2));
    assertThat(Json.text(json, "previous")).isEqualTo(tenant.hash(1));
    assertThat(Json.text(json.path("details"), "name")).isEqualTo("web-1");
  }

  @Test
  void shows_a_row_that_is_no_record_as_what_it_is() {
    tenant.garble(1);

    assertThat(list("--limit", "2").out()).contains("not readable", "host.joined");
  }

  @Test
  void refuses_a_limit_of_nothing() {
    assertThat(list("--limit", "0").exit()).isEqualTo(2);
  }
}
