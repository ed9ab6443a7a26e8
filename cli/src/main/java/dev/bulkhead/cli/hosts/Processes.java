package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Units;
import tools.jackson.databind.JsonNode;

/// The busiest processes as columns.
final class Processes {

  private Processes() {}

  static Table table(JsonNode report, int most) {
    var table =
        new Table(
            Column.right("PID"),
            Column.left("USER").cutTo(6),
            Column.right("CPU"),
            Column.right("MEMORY"),
            Column.right("THREADS").dropped(1),
            Column.left("PROCESS").cutTo(8));
    report
        .path("items")
        .valueStream()
        .limit(most)
        .forEach(
            process ->
                table.row(
                    Long.toString(Json.count(process, "pid")),
                    Json.text(process, "user"),
                    Units.percent(Json.number(process, "cpu")),
                    Units.bytes(Json.number(process, "memoryBytes")),
                    Long.toString(Json.count(process, "threads")),
                    Json.text(process, "name")));
    return table;
  }
}
