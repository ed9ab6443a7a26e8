package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.terminal.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Prints one host's facts and figures, once.
final class HostSheet {

  private static final int MOST_PROCESSES = 10;

  private final Supplier<ServerClient> servers;
  private final String name;
  private final PrintWriter out;

  HostSheet(Supplier<ServerClient> servers, String name, PrintWriter out) {
    this.servers = servers;
    this.name = name;
    this.out = out;
  }

  void print(boolean json, Terminal terminal, Instant now) throws InterruptedException {
    try (ServerClient server = servers.get()) {
      var pages = new HostPages(server);
      JsonNode host = pages.get(new HostFinder(pages).find(name));
      if (json) {
        out.println(Json.pretty(host));
      } else {
        Host shown = Host.of(host);
        facts(shown, terminal, now).lines(terminal).forEach(out::println);
        printProcesses(pages.processes(shown.id()), terminal, now);
        out.println();
        out.println(
            terminal.paint(
                Style.QUIET, "Live: bulkhead host " + quoted(shown.name()) + " --watch"));
      }
    }
    out.flush();
  }

  private static Table facts(Host host, Terminal terminal, Instant now) {
    var table = new Table(Column.left(""), Column.left("").cutTo(20));
    Host.Figures figures = host.figures();
    fact(table, "Name", host.name());
    table.row(
        new Cell("State", Style.QUIET),
        withSince(HostState.cell(host.state(), terminal), host.stateSince(), now));
    fact(table, "Last seen", Units.ago(host.lastSeenAt(), now));
    fact(table, "Tags", host.tags().isEmpty() ? Units.NOTHING : String.join(" ", host.tags()));
    fact(table, "", "");
    fact(table, "CPU", Units.percent(figures.cpu()));
    fact(table, "Load, 1 min", Units.number(figures.load1()));
    fact(table, "Memory", Units.percent(figures.memory()));
    fact(table, "Fullest disk", Units.percent(figures.disk()));
    fact(
        table,
        "Network",
        Units.rate(figures.networkReceive())
            + " in, "
            + Units.rate(figures.networkTransmit())
            + " out");
    fact(table, "Measured", Units.ago(figures.at(), now));
    fact(table, "Uptime", uptime(host, now));
    fact(table, "", "");
    fact(table, "Host name", host.hostname());
    fact(table, "System", host.system());
    fact(table, "Agent", (host.kind() + " " + host.agentVersion()).strip());
    fact(table, "Address", host.remoteAddress());
    fact(table, "Joined", Units.ago(host.joinedAt(), now));
    fact(table, "Fingerprint", host.deviceFingerprint());
    fact(table, "Id", host.id());
    notices(table, host);
    return table;
  }

  private static void notices(Table table, Host host) {
    if (!host.protectedFromServer()) {
      notice(table, "Not protected from its server: both run as one user.");
    }
    if (host.identityConflicts() > 0) {
      notice(table, host.identityConflicts() + " times two links had this host's identity.");
    }
    if (host.messagesRefused() > 0) {
      notice(
          table,
          host.messagesRefused() + " of its messages were refused since the server started.");
    }
  }

  private static String quoted(String name) {
    String text = Printable.of(name);
    return text.matches("[\\w.-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static void fact(Table table, String label, String value) {
    table.row(new Cell(label, Style.QUIET), Cell.of(value));
  }

  private static void notice(Table table, String text) {
    table.row(new Cell("Notice", Style.WARNING), Cell.of(text));
  }

  private static Cell withSince(Cell cell, @Nullable Instant since, Instant now) {
    return new Cell(cell.text() + " since " + Units.since(since, now), cell.style());
  }

  private static String uptime(Host host, Instant now) {
    return host.bootedAt() == null || host.state().equals("down")
        ? Units.NOTHING
        : Units.duration(Duration.between(host.bootedAt(), now));
  }

  private void printProcesses(JsonNode report, Terminal terminal, Instant now) {
    if (report.path("items").isEmpty()) {
      return;
    }
    out.println();
    out.println(
        terminal.paint(
            Style.QUIET, "Busiest processes, " + Units.ago(Json.time(report, "at"), now)));
    Processes.table(report, MOST_PROCESSES).lines(terminal).forEach(out::println);
  }
}
