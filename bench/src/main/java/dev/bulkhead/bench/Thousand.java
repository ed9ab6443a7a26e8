package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Many agents on one server: what each costs it, how fast they join, how long a sample waits for
/// its acknowledgement, and how long all take to be back after the server was killed.
final class Thousand {

  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final String STORM_BUDGET = "60 s";

  private final Options options;

  Thousand(Options options) {
    this.options = options;
  }

  private record Joined(long nanos, long allAcknowledgedNanos, int limited, Latencies each) {}

  private record Steady(
      ProcessFigures before, ProcessFigures after, Latencies acknowledgements, int expected) {}

  private record Settled(long ready, long half, long most, long all, ProcessFigures server) {}

  Table measure() throws IOException, InterruptedException {
    try (State state = State.create();
        State agents = State.create()) {
      int port = Up.freePort();
      ServerApi api = new ServerApi(port);
      try (Up up = Up.start(options.programs(), state.path(), port, "--no-agent")) {
        api.setUp(up.setupCode());
        Thread.sleep(IDLE);
        ProcessFigures alone = ProcessFigures.read(up.pidOf(Up.SERVER));
        try (SimulatedFleet fleet = new SimulatedFleet(agents.path(), api)) {
          Joined joined = join(fleet);
          Steady steady = steady(up, fleet);
          requireUp(api);
          Settled settled = kill(up, api, fleet);
          requireUp(api);
          return table(alone, joined, steady, settled);
        } finally {
          keepLogs(state.path(), agents.path());
        }
      }
    }
  }

  private Joined join(SimulatedFleet fleet) throws InterruptedException {
    long begun = System.nanoTime();
    fleet.join(options.agents());
    long joined = System.nanoTime();
    Progress.say("thousand: all joined after " + Text.seconds(joined - begun));
    requireAll(fleet.await(agent -> agent.hasSettledAfter(0), PATIENCE), "were acknowledged");
    return new Joined(joined - begun, System.nanoTime() - begun, fleet.limited(), fleet.joins());
  }

  private Steady steady(Up up, SimulatedFleet fleet) throws IOException, InterruptedException {
    Thread.sleep(IDLE);
    Progress.say("thousand: window of " + options.window().toSeconds() + " s");
    long server = up.pidOf(Up.SERVER);
    ProcessFigures before = ProcessFigures.read(server);
    Latencies acknowledgements = fleet.newAcknowledgements();
    Thread.sleep(options.window());
    fleet.newAcknowledgements();
    int expected = options.agents() * (int) options.window().toSeconds() / 10;
    return new Steady(before, ProcessFigures.read(server), acknowledgements, expected);
  }

  private Settled kill(Up up, ServerApi api, SimulatedFleet fleet)
      throws IOException, InterruptedException {
    Map<SimulatedAgent, Long> connections =
        fleet.agents().stream()
            .collect(Collectors.toMap(agent -> agent, SimulatedAgent::connections));
    Progress.say("thousand: the server is killed");
    long killed = System.nanoTime();
    int seen = up.lineCount();
    ProcessHandle.of(up.pidOf(Up.SERVER)).orElseThrow().destroyForcibly();
    up.await("server ended", seen);
    while (!api.isReady()) {
      Thread.sleep(GLANCE);
    }
    long ready = System.nanoTime();
    Progress.say("thousand: the server is ready after " + Text.seconds(ready - killed));
    // The kill ends every link, so that a later connection is one to the new process.
    requireAll(
        fleet.await(agent -> agent.hasSettledAfter(connections.getOrDefault(agent, 0L)), PATIENCE),
        "came back");
    long[] settled =
        fleet.agents().stream()
            .mapToLong(agent -> agent.settledNanos() - killed)
            .sorted()
            .toArray();
    return new Settled(
        ready - killed,
        settled[settled.length / 2],
        settled[(int) (settled.length * 0.99)],
        settled[settled.length - 1],
        ProcessFigures.read(up.pidOf(Up.SERVER)));
  }

  private void requireAll(int count, String what) {
    if (count < options.agents()) {
      throw new MeasurementFailure(
          "%d of %d agents %s within %d s"
              .formatted(count, options.agents(), what, PATIENCE.toSeconds()));
    }
  }

  private void requireUp(ServerApi api) throws IOException, InterruptedException {
    int up = api.hostsUp();
    if (up < options.agents()) {
      throw new MeasurementFailure(
          "the server shows %d of %d hosts as up".formatted(up, options.agents()));
    }
  }

  private void keepLogs(Path state, Path agents) throws IOException {
    Files.createDirectories(options.out());
    keep(state.resolve("server/log/server.log"), "server.log");
    keep(agents.resolve("agents.log"), "agents.log");
  }

  private void keep(Path file, String name) throws IOException {
    if (Files.exists(file)) {
      Path kept = options.out().resolve(name);
      Files.copy(file, kept, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Progress.say("kept: " + kept);
    }
  }

  private Table table(ProcessFigures alone, Joined joined, Steady steady, Settled settled) {
    int agents = options.agents();
    long grown = steady.after().residentKib() - alone.residentKib();
    return new Table(agents + " simulated agents on one server", "what", "measured", "budget")
        .row("joined, 16 at once", Text.seconds(joined.nanos()), "")
        .row("joins a second", "%.1f".formatted(agents / (joined.nanos() / 1e9)), "")
        .row(
            "one join, p50 and p99",
            Text.millis(joined.each().percentile(0.5))
                + " · "
                + Text.millis(joined.each().percentile(0.99)),
            "")
        .row("all connected and acknowledged", Text.seconds(joined.allAcknowledgedNanos()), "")
        .row("server without agents, resident (Pss)", memory(alone), "")
        .row("server with all, resident (Pss)", memory(steady.after()), "")
        .row("memory for each agent", "%.0f KiB".formatted((double) grown / agents), "")
        .row("server, of one core", Text.percent(steady.after().cpuShareSince(steady.before())), "")
        .row("server's threads", "" + steady.after().threads(), "")
        .row(
            "samples acknowledged in the window",
            "%d of about %d".formatted(steady.acknowledgements().count(), steady.expected()),
            "all")
        .row(
            "sample to acknowledgement, p50 and p99",
            Text.millis(steady.acknowledgements().percentile(0.5))
                + " · "
                + Text.millis(steady.acknowledgements().percentile(0.99)),
            "")
        .row("server killed: ready again after", Text.seconds(settled.ready()), "")
        .row("half of the agents acknowledged again after", Text.seconds(settled.half()), "")
        .row("99 % after", Text.seconds(settled.most()), "")
        .row("all after", Text.seconds(settled.all()), "")
        .row(
            "all after the server was ready",
            Text.seconds(settled.all() - settled.ready()),
            STORM_BUDGET)
        .row("server after that, resident (Pss)", memory(settled.server()), "")
        .note(
            "Each agent has the real link, spool and encoder, keys and a certificate of its own, and sends %d values every 10 s; all of them run in one process on the same machine, and what they use of it the server has not. Windows of %d s. Times after the kill count from the kill. The server was asked to wait by %d joins."
                .formatted(SyntheticHost.VALUES, options.window().toSeconds(), joined.limited()));
  }

  private static String memory(ProcessFigures figures) {
    return Text.mib(figures.residentKib()) + " (" + Text.mib(figures.proportionalKib()) + ")";
  }
}
