package dev.bulkhead.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostCommandTest {

  private static final String OTHER = "00000000-0000-0000-0000-000000000001";

  @TempDir private Path state;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(state);
    fixture.answer(
        HostPages.PATH,
        Recorded.page(
            "null",
            3,
            Recorded.host(Recorded.ID, "web-1", "node", "up"),
            Recorded.host(OTHER, "web-2", "node", "up"),
            Recorded.host("c", "db", "store", "up")));
    fixture.answer(
        HostPages.PATH + "/" + Recorded.ID, Recorded.host(Recorded.ID, "web-1", "node", "up"));
    fixture.answer(HostPages.PATH + "/" + Recorded.ID + "/processes", Recorded.PROCESSES);
    fixture.answer("/api/v1/events", events(1_795_214_675_325L, 1_795_214_676_331L));
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private static String events(long... times) {
    StringBuilder events = new StringBuilder("event: ping\ndata: {}\n\n");
    for (long time : times) {
      String data = Recorded.SAMPLE.formatted(time).replace("\n", "");
      events.append("event: sample\ndata: ").append(data).append("\n\n");
    }
    return events.toString();
  }

  private Verb host(String name, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "host";
    arguments[1] = name;
    arguments[2] = "--state";
    arguments[3] = state.toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Verb.run(arguments);
  }

  @Test
  void shows_facts_figures_and_processes() {
    Verb verb = host("web-1");

    assertThat(verb.exit()).isZero();
    assertThat(verb.out())
        .contains(
            "web-1", "up since", "15.54", "Debian GNU/Linux 12 (bookworm)", "20 B/s in, - out")
        .contains("Not protected from its server", "java", "136.2 MiB");
  }

  @Test
  void finds_a_host_by_its_id_and_in_any_case() {
    assertThat(host(Recorded.ID).exit()).isZero();
    assertThat(host("WEB-1").exit()).isZero();
  }

  @Test
  void prints_the_host_as_the_api_has_it() {
    var json = Json.parse(host("web-1", "--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(Json.text(json, "mode")).isEqualTo("monitor");
  }

  @Test
  void suggests_when_there_is_no_such_host() {
    Verb verb = host("web-l");

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("There is no host web-l.", "Did you mean: web-1, web-2?");
  }

  @Test
  void lists_those_that_share_a_host_name() {
    Verb verb = host("node");

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("2 hosts are called node", Recorded.ID, OTHER);
  }

  @Test
  void watches_as_json_lines_over_several_connections() throws InterruptedException {
    var out = new StringWriter();
    Thread watching =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new SampleLines(
                            () -> ServerClient.ofState(state), "web-1", new PrintWriter(out))
                        .run();
                  } catch (InterruptedException e) {
                    // The end of the watch.
                    Thread.currentThread().interrupt();
                  }
                });

    await().until(() -> out.toString().lines().count() >= 3);
    watching.interrupt();
    watching.join();

    assertThat(out.toString().lines())
        .allSatisfy(
            line ->
                assertThat(Json.text(Json.parse(line.getBytes(StandardCharsets.UTF_8)), "host"))
                    .isEqualTo(Recorded.ID));
    assertThat(fixture.requests()).contains("/api/v1/events?host=" + Recorded.ID);
  }

  @Test
  void ends_a_watch_when_up_has_ended() throws Exception {
    CompletableFuture<Verb> watching =
        CompletableFuture.supplyAsync(() -> host("web-1", "--watch", "--json"));
    await().until(() -> fixture.requests().contains("/api/v1/events?host=" + Recorded.ID));

    fixture.close();

    Verb verb = watching.get(30, TimeUnit.SECONDS);
    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("No bulkhead up runs for " + state);
  }
}
