package dev.bulkhead.cli.status;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.terminal.Units;
import dev.bulkhead.cli.up.RunningUp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What was found out about one state directory.
///
/// @param up empty when no supervisor runs
/// @param server what `/api/v1/status` said; empty when it said nothing
/// @param totals how many hosts there are by state; empty when it is not known
/// @param troubles what is not well, each with what to do; empty when all is
record StatusReport(
    Path state,
    Optional<RunningUp> up,
    Optional<JsonNode> server,
    Optional<JsonNode> totals,
    List<String> troubles) {

  static StatusReport take(Path state) throws InterruptedException {
    Optional<RunningUp> up = RunningUp.find(state);
    try (ServerClient client = ServerClient.ofState(state)) {
      JsonNode server = client.get(Query.of("/api/v1/status"));
      JsonNode totals = client.get(Query.of("/api/v1/hosts").with("limit", 1)).path("totals");
      return new StatusReport(
          state, up, Optional.of(server), Optional.of(totals), troublesOf(server, state));
    } catch (CommandFailure e) {
      // To say what is wrong is this verb's work, so a failure is an answer here.
      return new StatusReport(
          state, up, Optional.empty(), Optional.empty(), List.of(String.valueOf(e.getMessage())));
    }
  }

  boolean isWell() {
    return troubles.isEmpty();
  }

  private static List<String> troublesOf(JsonNode server, Path state) {
    List<String> troubles = new ArrayList<>();
    if (!server.path("databaseReachable").asBoolean(false)) {
      troubles.add(
          "The database does not answer. `up` starts it again; its logs are in "
              + state.resolve("postgres").resolve("log")
              + ".");
    }
    JsonNode telemetry = server.path("telemetry");
    if (!telemetry.path("writable").asBoolean(false)) {
      troubles.add(
          "Samples cannot be stored; agents keep them meanwhile. Is there space in " + state + "?");
    }
    telemetry.path("troubles").forEach(trouble -> troubles.add(trouble.asString("")));
    return List.copyOf(troubles);
  }

  /// For people.
  List<String> lines(Terminal terminal, Instant now) {
    var table = new Table(Column.left(""), Column.left("").cutTo(20));
    up.ifPresent(
        running -> {
          fact(
              table,
              "Bulkhead",
              new Cell(
                  (isWell()
                      ? terminal.shape("●", "*") + " well"
                      : terminal.shape("▲", "^") + " not well"),
                  isWell() ? Style.GOOD : Style.WARNING));
          fact(table, "State", state.toString());
          fact(
              table,
              "Process",
              running.pid() + ", for " + age(running.since(), now) + " (" + running.since() + ")");
          fact(table, "Pages", "http://localhost:" + running.port());
          fact(table, "Agent link", "port " + running.linkPort());
        });
    server.ifPresent(said -> serverFacts(table, said, now));
    totals.ifPresent(counts -> fact(table, "Hosts", hosts(counts)));
    List<String> lines = new ArrayList<>(table.lines(terminal));
    for (String trouble : troubles) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      trouble.lines().forEach(line -> lines.add(terminal.paint(Style.WARNING, Printable.of(line))));
    }
    return lines;
  }

  private static void serverFacts(Table table, JsonNode said, Instant now) {
    Instant started = Json.time(said, "startedAt");
    fact(
        table,
        "Server",
        Json.text(said, "version") + (started == null ? "" : ", for " + age(started, now)));
    fact(
        table,
        "Database",
        said.path("databaseReachable").asBoolean(false) ? "answers" : "does not answer");
    JsonNode telemetry = said.path("telemetry");
    String refused =
        Stream.of(
                counted(telemetry, "refusedSeries", "for too many series"),
                counted(telemetry, "refusedTime", "for their time"))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    fact(
        table,
        "Telemetry",
        (telemetry.path("writable").asBoolean(false) ? "writable" : "not writable")
            + ", "
            + Json.count(telemetry, "waitingRows")
            + " rows waiting"
            + (refused.isEmpty() ? "" : "; samples refused " + refused));
  }

  private static String counted(JsonNode telemetry, String field, String why) {
    long count = Json.count(telemetry, field);
    return count == 0 ? "" : count + " " + why;
  }

  private static String hosts(JsonNode totals) {
    String states =
        Stream.of("up", "late", "down", "pending")
            .filter(word -> Json.count(totals, word) > 0)
            .map(word -> Json.count(totals, word) + " " + word)
            .collect(Collectors.joining(", "));
    return Json.count(totals, "all") + (states.isEmpty() ? "" : ": " + states);
  }

  private static String age(Instant since, Instant now) {
    return Units.duration(Duration.between(since, now));
  }

  private static void fact(Table table, String label, String value) {
    fact(table, label, Cell.of(value));
  }

  private static void fact(Table table, String label, Cell value) {
    table.row(new Cell(label, Style.QUIET), value);
  }

  /// For programs: `{well, state, up, server, hosts, troubles}`; what is not known is null.
  String json() {
    ObjectNode report = Json.object();
    report.put("well", isWell()).put("state", state.toString());
    report.putNull("up");
    up.ifPresent(
        running ->
            report
                .putObject("up")
                .put("pid", running.pid())
                .put("port", running.port())
                .put("linkPort", running.linkPort())
                .put("since", running.since().toString()));
    report.putNull("server").putNull("hosts");
    server.ifPresent(said -> report.set("server", said));
    totals.ifPresent(counts -> report.set("hosts", counts));
    troubles.forEach(report.putArray("troubles")::add);
    return Json.pretty(report);
  }
}
