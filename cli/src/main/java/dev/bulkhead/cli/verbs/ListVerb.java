package dev.bulkhead.cli.verbs;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A verb that lists what the API lists, as a table or as one JSON object.
public abstract class ListVerb extends ServerVerb {

  @Option(names = "--json", description = "One JSON object {items}, as the API has them.")
  private boolean json;

  /// Made by picocli.
  protected ListVerb() {}

  /// What to ask for.
  protected abstract Query query();

  /// The table's columns.
  protected abstract Column[] columns();

  /// One line of the table.
  protected abstract Cell[] cells(JsonNode item, Instant now);

  /// What to say, and to do, when there is nothing.
  protected abstract String empty(ServerClient client);

  @Override
  protected final void run(ServerClient client, PrintWriter out) throws InterruptedException {
    List<JsonNode> items = Pages.read(client, query());
    if (json) {
      ObjectNode object = Json.object();
      ArrayNode all = object.putArray("items");
      items.forEach(all::add);
      out.println(Json.pretty(object));
    } else if (items.isEmpty()) {
      out.println(empty(client));
    } else {
      Terminal terminal = Terminal.ofThisProcess();
      Instant now = InstantSource.system().instant();
      var table = new Table(columns());
      items.forEach(item -> table.row(cells(item, now)));
      table.lines(terminal).forEach(out::println);
    }
  }

  /// A cell without a colour.
  protected static Cell cell(JsonNode item, String field) {
    return Cell.of(Json.text(item, field));
  }
}
