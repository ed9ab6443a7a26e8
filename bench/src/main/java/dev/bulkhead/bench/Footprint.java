package dev.bulkhead.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a server with one host and its agent take of a machine, with nobody watching and with
/// somebody watching, beside the exporter that people run today.
final class Footprint {

  // The agent starts fast for half a minute, and a JVM needs a while to settle.
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Duration SETTLE_FAST = Duration.ofSeconds(15);
  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final Duration FAST = Duration.ofSeconds(1);
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Options options;

  Footprint(Options options) {
    this.options = options;
  }

  private record Window(ProcessFigures before, ProcessFigures after) {
    String resident() {
      return Text.mib(after.residentKib()) + " (" + Text.mib(after.proportionalKib()) + ")";
    }

    double share() {
      return after.cpuShareSince(before);
    }

    String cpu() {
      return Text.percent(share());
    }
  }

  private record Found(Window server, Window agent, @Nullable Window exporter) {}

  Table measure() throws IOException, InterruptedException {
    try (State state = State.create()) {
      int port = Up.freePort();
      ServerApi api = new ServerApi(port);
      try (Up up = Up.start(options.programs(), state.path(), port)) {
        api.setUp(up.setupCode());
        up.await("agent started");
        return measure(up, api, NodeExporter.start());
      }
    }
  }

  private Table measure(Up up, ServerApi api, Optional<NodeExporter> exporter)
      throws IOException, InterruptedException {
    try (NodeExporter peer = exporter.orElse(null)) {
      Progress.say("footprint: settling for " + SETTLE.toSeconds() + " s");
      Thread.sleep(SETTLE);
      Found slow = window(up, peer);
      String host = api.findFirstHost().orElseThrow();
      if (peer != null) {
        peer.scrapeEvery(FAST);
      }
      try (Stream<String> events = api.watch(host)) {
        Thread.ofVirtual().start(() -> drain(events));
        Thread.sleep(SETTLE_FAST);
        return table(slow, window(up, peer));
      }
    }
  }

  private static void drain(Stream<String> events) {
    try {
      events.forEach(_ -> {});
    } catch (UncheckedIOException e) {
      // The measurement is over and has closed it.
      Progress.say("footprint: the live view is closed");
    }
  }

  private Found window(Up up, @Nullable NodeExporter exporter)
      throws IOException, InterruptedException {
    Progress.say("footprint: window of " + options.window().toSeconds() + " s");
    long server = up.pidOf(Up.SERVER);
    long agent = up.pidOf(Up.AGENT);
    ProcessFigures serverBefore = ProcessFigures.read(server);
    ProcessFigures agentBefore = ProcessFigures.read(agent);
    ProcessFigures peerBefore = exporter == null ? null : ProcessFigures.read(exporter.pid());
    long end = System.nanoTime() + options.window().toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.sleep(GLANCE);
    }
    return new Found(
        new Window(serverBefore, ProcessFigures.read(server)),
        new Window(agentBefore, ProcessFigures.read(agent)),
        exporter == null || peerBefore == null
            ? null
            : new Window(peerBefore, ProcessFigures.read(exporter.pid())));
  }

  private Table table(Found slow, Found fast) {
    Table table =
        new Table(
            "Memory and processor, one host",
            "process",
            "every " + SLOW.toSeconds() + " s",
            "every second, watched",
            "budget");
    table.row(
        "server, resident (Pss)", slow.server().resident(), fast.server().resident(), "420 MiB");
    table.row("server, of one core", slow.server().cpu(), fast.server().cpu(), "");
    table.row("agent, resident (Pss)", slow.agent().resident(), fast.agent().resident(), "80 MiB");
    table.row("agent, of one core", slow.agent().cpu(), fast.agent().cpu(), "0.5 %");
    Window slowPeer = slow.exporter();
    Window fastPeer = fast.exporter();
    if (slowPeer != null && fastPeer != null) {
      table.row("node-exporter, resident (Pss)", slowPeer.resident(), fastPeer.resident(), "");
      table.row("node-exporter, of one core", slowPeer.cpu(), fastPeer.cpu(), "");
      table.row(
          "agent : node-exporter, resident",
          memoryRatio(slow.agent(), slowPeer),
          memoryRatio(fast.agent(), fastPeer),
          "");
      table.row(
          "agent : node-exporter, processor",
          Text.ratio(slow.agent().share(), slowPeer.share()),
          Text.ratio(fast.agent().share(), fastPeer.share()),
          "");
    }
    return table.note(
        "Windows of %d s, after %d s to settle; the kernel counts processor time in steps of 10 ms. Pss counts a page that processes share by the share. The exporter has Debian's defaults and is scraped on loopback at the agent's pace; it keeps nothing, sends nothing by itself and lists no processes."
            .formatted(options.window().toSeconds(), SETTLE.toSeconds()));
  }

  private static String memoryRatio(Window ours, Window theirs) {
    return Text.ratio((double) ours.after().residentKib(), (double) theirs.after().residentKib());
  }
}
