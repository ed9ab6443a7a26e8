package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.hosts.HostPages.Wanted;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.terminal.Units;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Prints the list of hosts.
final class HostList {

  private final ServerClient server;
  private final Wanted wanted;
  private final PrintWriter out;

  HostList(ServerClient server, Wanted wanted, PrintWriter out) {
    this.server = server;
    this.wanted = wanted;
    this.out = out;
  }

  void printJson() throws InterruptedException {
    // Written as it is read, because ten thousand hosts at once would be much.
    out.print("{\"items\":[");
    var separator =
        new Object() {
          String text = "\n";
        };
    JsonNode totals =
        new HostPages(server)
            .read(
                wanted,
                host -> {
                  out.print(separator.text + Json.line(host));
                  separator.text = ",\n";
                });
    out.println("],\n\"totals\":" + Json.line(totals) + "}");
    out.flush();
  }

  void print(Terminal terminal, Instant now) throws InterruptedException {
    var table =
        new Table(
            Column.left("NAME").cutTo(12),
            Column.left("STATE"),
            Column.left("KIND").dropped(5),
            Column.left("SINCE").dropped(2),
            Column.right("CPU"),
            Column.right("MEMORY"),
            Column.right("DISK"),
            Column.right("LOAD").dropped(3),
            Column.left("LAST SEEN").dropped(1),
            Column.left("TAGS").cutTo(8).dropped(4));
    JsonNode totals =
        new HostPages(server).read(wanted, host -> table.row(cells(Host.of(host), terminal, now)));
    if (table.size() == 0) {
      printEmpty(HostPages.all(totals));
    } else {
      table.lines(terminal).forEach(out::println);
      out.println();
      out.println(terminal.paint(Style.QUIET, summary(table.size(), totals)));
    }
    out.flush();
  }

  private static Cell[] cells(Host host, Terminal terminal, Instant now) {
    Host.Figures figures = host.figures();
    // What was measured before a host went away is shown, greyed.
    Style style = host.state().equals("up") ? Style.PLAIN : Style.QUIET;
    return new Cell[] {
      Cell.of(host.name()),
      HostState.cell(host.state(), terminal),
      Cell.of(host.kind()),
      Cell.of(Units.since(host.stateSince(), now)),
      new Cell(Units.percent(figures.cpu()), style),
      new Cell(Units.percent(figures.memory()), style),
      new Cell(Units.percent(figures.disk()), style),
      new Cell(Units.number(figures.load1()), style),
      Cell.of(Units.ago(host.lastSeenAt(), now)),
      Cell.of(String.join(" ", host.tags()))
    };
  }

  private void printEmpty(long all) {
    if (all == 0) {
      out.println("No hosts yet.");
      out.println(
          "Add one: open " + server.url() + ", choose Add host, and run the line that it shows.");
    } else {
      out.println("No host matches; there " + (all == 1 ? "is 1" : "are " + all) + " in all.");
      out.println("See them: bulkhead hosts");
    }
  }

  private String summary(int shown, JsonNode totals) {
    long all = HostPages.all(totals);
    List<String> states = new ArrayList<>();
    for (HostState state : HostState.values()) {
      long count = Json.count(totals, state.word());
      if (count > 0) {
        states.add(count + " " + state.word());
      }
    }
    String hosts = all == 1 ? "1 host" : all + " hosts";
    return (wanted.isAll() ? hosts : shown + " of " + hosts)
        + (states.isEmpty() ? "" : "; in all " + String.join(", ", states));
  }
}
