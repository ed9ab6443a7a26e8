package dev.bulkhead.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class LiveScreenTest {

  private static final long AT = 1_795_214_675_325L;
  private static final Terminal TERMINAL = new Terminal(true, false, true, 80, 40);

  private final LiveHost live = new LiveHost();

  @Test
  void draws_all_that_is_measured() {
    live.accept(parse(Recorded.SAMPLE.formatted(AT)));

    List<String> lines = draw("up", TERMINAL);

    assertThat(lines.getFirst()).startsWith("web-1  ● up since").endsWith("live");
    assertThat(String.join("\n", lines))
        .contains("75 %   load 14.94  11.48  7.86", "25 %   5.9 GiB of 23.5 GiB")
        .containsPattern("\\[█+ +]  / +75 % +27\\.9 GiB +37\\.3 GiB")
        .containsPattern("vda +11\\.8 MiB/s +424\\.3 KiB/s")
        .containsPattern("eth0 +1\\.0 MiB/s +20 B/s")
        .containsPattern("21642 +root +36 % +136\\.2 MiB +19 +java");
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void puts_cores_in_the_order_of_their_numbers() {
    live.accept(parse(Recorded.SAMPLE.formatted(AT)));

    assertThat(String.join("\n", draw("up", TERMINAL)))
        .containsPattern("9 \\[█{8}] 100 %  10 \\[█{4} {4}]  50 %");
  }

  @Test
  void never_draws_more_than_the_terminal_holds() {
    live.accept(parse(Recorded.SAMPLE.formatted(AT)));

    assertThat(draw("up", new Terminal(true, false, true, 80, 10))).hasSize(9);
  }

  @Test
  void says_how_old_the_picture_is_when_samples_stop() {
    live.accept(parse(Recorded.SAMPLE.formatted(AT - 60_000)));

    assertThat(draw("late", TERMINAL).getFirst())
        .contains("▲ late")
        .endsWith("last sample 1 min ago");
  }

  @Test
  void says_that_it_waits_or_why_it_waits_in_vain() {
    assertThat(draw("up", TERMINAL))
        .anyMatch(line -> line.contains("Waiting for the first sample"));
    assertThat(draw("down", TERMINAL)).anyMatch(line -> line.contains("The host is down"));
  }

  @Test
  void keeps_the_newest_when_older_samples_come_late() {
    live.accept(parse(load(AT, 2)));
    live.accept(parse(load(AT - 30_000, 9)));

    assertThat(live.value("system.cpu.load_average.1m")).isEqualTo(2.0);
  }

  @Test
  void forgets_what_is_gone() {
    live.accept(parse(Recorded.SAMPLE.formatted(AT)));
    live.accept(parse(load(AT + 100_000, 2)));

    assertThat(live.by("bulkhead.disk.io.rate", "system.device")).isEmpty();
  }

  private List<String> draw(String state, Terminal terminal) {
    Host host = Host.of(parse(Recorded.host(Recorded.ID, "web-1", "node", state)));
    return new LiveScreen(host, live, terminal, Instant.ofEpochMilli(AT + 900))
        .lines(parse(Recorded.PROCESSES));
  }

  private static String load(long at, double value) {
    return "{\"at\":%d,\"metrics\":[{\"name\":\"system.cpu.load_average.1m\",\"attributes\":{},\"value\":%s}]}"
        .formatted(at, value);
  }

  private static JsonNode parse(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
