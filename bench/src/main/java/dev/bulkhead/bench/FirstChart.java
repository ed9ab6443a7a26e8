package dev.bulkhead.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// How long a newcomer waits from `./bulkhead up` to the first live value of this machine, on a new
/// state and on one that was used before. What a person does in between, the setup, is done by a
/// program and not counted.
final class FirstChart {

  private static final String BUDGET = "15 s";
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Options options;

  FirstChart(Options options) {
    this.options = options;
  }

  /// Nanoseconds of one start.
  ///
  /// @param postgres from the start to the line that says that it is ready
  /// @param server from there to its own
  /// @param joined from the end of the setup to the agent's certificate; 0 when it had one
  /// @param sample from there, or from the server, to the first value
  /// @param cpu processor time of all processes but PostgreSQL's, up to then
  record Phases(long postgres, long server, long joined, long sample, long cpu) {
    long total() {
      return postgres + server + joined + sample;
    }
  }

  Table measure() throws IOException, InterruptedException {
    List<Phases> fresh = new ArrayList<>();
    List<Phases> used = new ArrayList<>();
    for (int run = 1; run <= options.runs(); run++) {
      try (State state = State.create()) {
        int port = Up.freePort();
        ServerApi api = new ServerApi(port);
        String host;
        try (Up up = Up.start(options.programs(), state.path(), port)) {
          host = firstStart(up, api, fresh);
        }
        try (Up up = Up.start(options.programs(), state.path(), port)) {
          used.add(laterStart(up, api, host));
        }
        Progress.say(
            "first-chart %d of %d: new state %s, used state %s"
                .formatted(
                    run,
                    options.runs(),
                    Text.seconds(fresh.getLast().total()),
                    Text.seconds(used.getLast().total())));
      }
    }
    return table(fresh, used);
  }

  private static String firstStart(Up up, ServerApi api, List<Phases> found)
      throws IOException, InterruptedException {
    long postgres = up.await("PostgreSQL").nanos();
    String setupCode = up.setupCode();
    long server = up.await("Bulkhead:").nanos();
    api.setUp(setupCode);
    long setUp = System.nanoTime();
    Optional<String> host = api.findFirstHost();
    while (host.isEmpty()) {
      Thread.sleep(GLANCE);
      host = api.findFirstHost();
    }
    awaitValue(api, host.get());
    long value = System.nanoTime();
    long joined = up.await("agent joined").nanos();
    found.add(
        new Phases(
            postgres - up.startedNanos(),
            server - postgres,
            joined - setUp,
            value - joined,
            up.cpu().toNanos()));
    return host.get();
  }

  private static Phases laterStart(Up up, ServerApi api, String host)
      throws IOException, InterruptedException {
    long postgres = up.await("PostgreSQL").nanos();
    long server = up.await("Bulkhead:").nanos();
    awaitValue(api, host);
    long value = System.nanoTime();
    return new Phases(
        postgres - up.startedNanos(), server - postgres, 0, value - server, up.cpu().toNanos());
  }

  // A rate needs two readings, so the processor's share is what a chart shows last.
  private static void awaitValue(ServerApi api, String host)
      throws IOException, InterruptedException {
    try (Stream<String> events = api.watch(host)) {
      boolean came =
          events.anyMatch(
              line -> line.startsWith("data:") && line.contains("system.cpu.utilization"));
      if (!came) {
        throw new MeasurementFailure("the live view ended without a value");
      }
    }
  }

  private static Table table(List<Phases> fresh, List<Phases> used) {
    Table table =
        new Table(
            "From `up` to the first live chart", "phase", "new state", "used state", "budget");
    row(table, "PostgreSQL ready", fresh, used, Phases::postgres, "");
    row(table, "server ready", fresh, used, Phases::server, "");
    row(table, "agent joined", fresh, used, Phases::joined, "");
    row(table, "first live value", fresh, used, Phases::sample, "");
    row(table, "**all**", fresh, used, Phases::total, BUDGET);
    row(table, "processor time for that", fresh, used, Phases::cpu, "");
    return table.note(
        "Median of %d starts each, and the range. The value is the first `sample` event with the processor's share on the host's event stream; drawing it in a browser is not in it, nor is the setup, which a program did. Processor time is that of launcher, supervisor, server and agent, PostgreSQL's `initdb` included and PostgreSQL itself not; unlike the rest it hardly depends on what else the machine does."
            .formatted(fresh.size()));
  }

  private static void row(
      Table table,
      String phase,
      List<Phases> fresh,
      List<Phases> used,
      ToLongFunction<Phases> part,
      String budget) {
    table.row(phase, range(fresh, part), range(used, part), budget);
  }

  private static String range(List<Phases> runs, ToLongFunction<Phases> part) {
    long[] sorted = runs.stream().mapToLong(part).sorted().toArray();
    if (sorted[sorted.length - 1] == 0) {
      return "–";
    }
    return Text.seconds(sorted[sorted.length / 2])
        + " ("
        + Text.seconds(sorted[0])
        + " to "
        + Text.seconds(sorted[sorted.length - 1])
        + ")";
  }
}
