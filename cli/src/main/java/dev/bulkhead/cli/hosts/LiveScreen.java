package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.terminal.Bar;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Printable;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.terminal.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One moment of a live host as lines that fit the terminal. For one thread, used once.
final class LiveScreen {

  private static final Duration STALE = Duration.ofSeconds(5);
  private static final int USUAL_WIDTH = 80;
  private static final int LABEL = 8;
  private static final int CORE = 20;
  private static final int SMALL_BAR = 12;
  private static final int MOST_PROCESSES = 15;
  private static final int MOST_ROWS = 6;

  private final Host host;
  private final LiveHost live;
  private final Terminal terminal;
  private final int width;
  private final Instant now;
  private final List<String> lines = new ArrayList<>();

  LiveScreen(Host host, LiveHost live, Terminal terminal, Instant now) {
    this.host = host;
    this.live = live;
    this.terminal = terminal;
    this.width = Math.min(terminal.width(), terminal.interactive() ? 160 : USUAL_WIDTH);
    this.now = now;
  }

  /// All of it, cut to the terminal's height.
  List<String> lines(JsonNode processes) {
    head();
    if (live.at().isEmpty()) {
      lines.add("");
      lines.add(waiting());
    } else {
      processors();
      memory();
      fileSystems();
      flows("DISK", "bulkhead.disk.io.rate", "system.device", "disk.io.direction", "read", "write");
      flows(
          "NETWORK",
          "bulkhead.network.io.rate",
          "network.interface.name",
          "network.io.direction",
          "receive",
          "transmit");
    }
    if (!processes.path("items").isEmpty()) {
      lines.add("");
      lines.addAll(Processes.table(processes, MOST_PROCESSES).lines(fitting(width)));
    }
    return lines.size() < terminal.height() ? lines : lines.subList(0, terminal.height() - 1);
  }

  private void head() {
    Cell state = HostState.cell(host.state(), terminal);
    String plain =
        Printable.of(host.name())
            + "  "
            + state.text()
            + " since "
            + Units.since(host.stateSince(), now);
    String freshness = live.at().map(this::freshness).orElse("");
    int free = width - plain.codePointCount(0, plain.length()) - freshness.length();
    Style style =
        live.at().filter(at -> at.isBefore(now.minus(STALE))).isPresent()
            ? Style.WARNING
            : Style.QUIET;
    lines.add(
        terminal.paint(Style.HEADING, Printable.of(host.name()))
            + "  "
            + terminal.paint(state.style(), state.text())
            + " since "
            + Units.since(host.stateSince(), now)
            + (free >= 2 ? " ".repeat(free) + terminal.paint(style, freshness) : ""));
  }

  private String freshness(Instant at) {
    return at.isBefore(now.minus(STALE)) ? "last sample " + Units.ago(at, now) : "live";
  }

  private String waiting() {
    return host.state().equals("down")
        ? "The host is down; it was last seen " + Units.ago(host.lastSeenAt(), now) + "."
        : "Waiting for the first sample " + terminal.shape("…", "...");
  }

  private void processors() {
    lines.add("");
    String loads =
        Units.number(live.value("system.cpu.load_average.1m"))
            + "  "
            + Units.number(live.value("system.cpu.load_average.5m"))
            + "  "
            + Units.number(live.value("system.cpu.load_average.15m"));
    lines.add(bar("CPU", live.value("system.cpu.utilization"), "load " + loads));
    SortedMap<String, Double> cores = live.by("system.cpu.utilization", "cpu.logical_number");
    int perLine = Math.max(1, (width - LABEL + 1) / (CORE + 1));
    int most = terminal.interactive() ? perLine * Math.max(1, terminal.height() / 4) : cores.size();
    StringBuilder line = new StringBuilder();
    int shown = 0;
    for (Map.Entry<String, Double> core : cores.entrySet()) {
      if (shown == most) {
        break;
      }
      line.append(line.isEmpty() ? " ".repeat(LABEL) : " ")
          .append(core(core.getKey(), core.getValue()));
      shown++;
      if (shown % perLine == 0) {
        lines.add(line.toString());
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    if (shown < cores.size()) {
      lines.add(" ".repeat(LABEL) + "and " + (cores.size() - shown) + " more");
    }
  }

  private String core(String number, double share) {
    return String.format(
        Locale.ROOT,
        "%3s %s%6s",
        Printable.of(number),
        Bar.of(share, CORE - 10, terminal),
        Units.percent(share));
  }

  private void memory() {
    Double limit = live.value("system.memory.limit");
    Double share = live.value("system.memory.utilization");
    lines.add(
        bar(
            "Memory",
            share,
            limit == null || share == null
                ? ""
                : Units.bytes(share * limit) + " of " + Units.bytes(limit)));
    SortedMap<String, Double> swap = live.by("system.paging.usage", "system.paging.state");
    double used = swap.getOrDefault("used", 0.0);
    double all = used + swap.getOrDefault("free", 0.0);
    if (all > 0) {
      lines.add(bar("Swap", used / all, Units.bytes(used) + " of " + Units.bytes(all)));
    }
  }

  private String bar(String label, @Nullable Double share, String text) {
    int room = Math.max(SMALL_BAR, width - LABEL - 36);
    return String.format(
            Locale.ROOT,
            "%-" + LABEL + "s%s%6s   %s",
            label,
            Bar.of(share, room, terminal),
            Units.percent(share),
            text)
        .stripTrailing();
  }

  private void fileSystems() {
    SortedMap<String, Map<String, Double>> all =
        live.by(
            "system.filesystem.usage", "system.filesystem.mountpoint", "system.filesystem.state");
    var table =
        new Table(
            Column.left("FILE SYSTEM").cutTo(12),
            Column.right("USE"),
            Column.right("USED"),
            Column.right("SIZE"));
    List<Double> shares = new ArrayList<>();
    all.entrySet().stream()
        .filter(one -> size(one.getValue()) > 0)
        .sorted((a, b) -> Double.compare(share(b.getValue()), share(a.getValue())))
        .limit(MOST_ROWS)
        .forEach(
            one -> {
              Map<String, Double> states = one.getValue();
              shares.add(share(states));
              table.row(
                  one.getKey(),
                  Units.percent(share(states)),
                  Units.bytes(states.getOrDefault("used", 0.0)),
                  Units.bytes(size(states)));
            });
    if (shares.isEmpty()) {
      return;
    }
    List<String> rows = table.lines(fitting(width - SMALL_BAR - 2));
    lines.add("");
    lines.add(" ".repeat(SMALL_BAR + 2) + rows.getFirst());
    for (int i = 0; i < shares.size(); i++) {
      lines.add(Bar.of(shares.get(i), SMALL_BAR, terminal) + "  " + rows.get(i + 1));
    }
  }

  /// Of what can be written to: what is reserved for root counts as full.
  private static double share(Map<String, Double> states) {
    double used = states.getOrDefault("used", 0.0);
    double usable = used + states.getOrDefault("free", 0.0);
    return usable > 0 ? used / usable : 0;
  }

  private static double size(Map<String, Double> states) {
    return states.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private void flows(
      String title, String metric, String device, String direction, String in, String out) {
    SortedMap<String, Map<String, Double>> all = live.by(metric, device, direction);
    if (all.isEmpty()) {
      return;
    }
    var table =
        new Table(
            Column.left(title).cutTo(8),
            Column.right(in.toUpperCase(Locale.ROOT)),
            Column.right(out.toUpperCase(Locale.ROOT)));
    all.entrySet().stream()
        .sorted((a, b) -> Double.compare(size(b.getValue()), size(a.getValue())))
        .limit(MOST_ROWS)
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            one ->
                table.row(
                    String.format(Locale.ROOT, "%-16s", one.getKey()),
                    padded(one.getValue().get(in)),
                    padded(one.getValue().get(out))));
    lines.add("");
    lines.addAll(table.lines(fitting(width)));
  }

  /// As wide as the widest rate, so that columns stand still from one second to the next.
  private static String padded(@Nullable Double rate) {
    return String.format(Locale.ROOT, "%12s", Units.rate(rate));
  }

  private Terminal fitting(int columns) {
    return new Terminal(
        terminal.interactive(), terminal.colour(), terminal.unicode(), columns, terminal.height());
  }
}
