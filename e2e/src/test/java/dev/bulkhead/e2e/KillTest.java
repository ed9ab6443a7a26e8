package dev.bulkhead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/// `kill -9` of everything in turn, while somebody watches and a program reads: all comes back by
/// itself within half a minute, and the history has no gap and no sample twice.
///
/// `./bulkhead test --long kill` does the same with many rounds.
final class KillTest {
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofSeconds(10);
  // The widest interval at which an agent samples, and what a busy machine may add to it.
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final String CPU = "system.cpu.utilization";
  private static final int LONG_ROUNDS = 12;

  private final LongRun longRun = LongRun.of("kill");
  private final Random random = longRun.random();
  private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
  private final List<Absence> absences = new ArrayList<>();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private Duration slowest = Duration.ZERO;

  private enum Victim {
    AGENT(1),
    SERVER(1),
    SERVER_FOR_LONG(1),
    POSTMASTER(1),
    SUPERVISOR(1),
    /// All children in one moment.
    CHILDREN(3),
    /// The whole machine's worth, as at a loss of power, but for what the disk had not yet.
    EVERYTHING(4);

    final int processes;

    Victim(int processes) {
      this.processes = processes;
    }

    boolean takesTheAgent() {
      return this == AGENT || this == SUPERVISOR || this == CHILDREN || this == EVERYTHING;
    }
  }

  /// When the agent itself was dead or not yet back: nobody could measure then.
  private record Absence(Instant from, Instant to) {
    Duration overlap(Instant begin, Instant end) {
      final Instant later = from.isAfter(begin) ? from : begin;
      final Instant earlier = to.isBefore(end) ? to : end;
      return earlier.isAfter(later) ? Duration.between(later, earlier) : Duration.ZERO;
    }
  }

  /// What the test holds on to.
  private record Scene(Up up, StateProcesses processes, Api api, String host, Watcher watcher) {}

  @Test
  void everything_comesBackAfterKill_withWholeHistory() {
    final Up up = Up.start();
    final String host;
    final Instant begin;
    try (up) {
      final Api api = Api.setUp(up);
      host =
          Awaitility.await("this machine's agent")
              .atMost(RECOVERY)
              .until(() -> firstUp(api), id -> !id.isEmpty());
      try (Watcher watcher = new Watcher(api, host);
          ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
        final Scene scene = new Scene(up, new StateProcesses(up.state()), api, host, watcher);
        begin = Instant.now();
        awaitRecovery(scene, begin, begin.plus(RECOVERY));
        final var _ = load.scheduleWithFixedDelay(() -> read(scene), 0, 50, TimeUnit.MILLISECONDS);
        for (int round = 0; round < longRun.times(1, LONG_ROUNDS); round++) {
          killAll(scene, round);
        }
        load.shutdownNow();
      }
    }
    count(up.state(), host, begin);
  }

  private void killAll(Scene scene, int round) {
    final List<Victim> order = new ArrayList<>(Arrays.asList(Victim.values()));
    // Many real kills in little time.
    order.addAll(List.of(Victim.EVERYTHING, Victim.EVERYTHING));
    Collections.shuffle(order, random);
    // The long outage takes most of a round's time: in the first round, then in one of five.
    if (round > 0 && random.nextInt(5) > 0) {
      order.remove(Victim.SERVER_FOR_LONG);
    }
    for (Victim victim : order) {
      final Instant killed = Instant.now();
      kill(scene, victim);
      final Instant done = Instant.now();
      final Instant from = victim == Victim.SERVER_FOR_LONG ? done : killed;
      awaitReady(scene, from.plus(RECOVERY));
      awaitRecovery(scene, done, from.plus(RECOVERY));
      kills.merge(victim, 1, Integer::sum);
      if (victim.takesTheAgent()) {
        absences.add(new Absence(killed, Instant.now()));
      }
      final Duration took = Duration.between(from, Instant.now());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      longRun.say("round %d: %s, back after %s".formatted(round + 1, victim, seconds(took)));
    }
  }

  private static void kill(Scene scene, Victim victim) {
    switch (victim) {
      case AGENT -> killOne(scene, StateProcesses.AGENT);
      case SERVER -> killOne(scene, StateProcesses.SERVER);
      case SERVER_FOR_LONG -> keepServerAway(scene);
      case POSTMASTER -> StateProcesses.kill(scene.processes().findPostmaster().orElseThrow());
      case SUPERVISOR -> {
        scene.up().kill();
        scene.up().restart();
      }
      case CHILDREN -> killChildren(scene);
      case EVERYTHING -> {
        final ProcessHandle supervisor = scene.up().process().toHandle();
        // Stopped, it neither mourns nor mends; its children cannot leave by themselves either.
        StateProcesses.signal(supervisor, "STOP");
        killChildren(scene);
        scene.up().kill();
        scene.up().restart();
      }
    }
  }

  private static void killChildren(Scene scene) {
    final List<ProcessHandle> children =
        List.of(
            scene.processes().find(StateProcesses.AGENT).orElseThrow(),
            scene.processes().find(StateProcesses.SERVER).orElseThrow(),
            scene.processes().findPostmaster().orElseThrow());
    // Nobody waits for their end: a stopped supervisor leaves them undead until it is killed too.
    children.forEach(child -> StateProcesses.signal(child, "KILL"));
  }

  private static void killOne(Scene scene, String mainClass) {
    StateProcesses.kill(scene.processes().find(mainClass).orElseThrow());
  }

  /// A supervisor that is stopped starts nothing: the agent is on its own, and keeps its samples.
  private static void keepServerAway(Scene scene) {
    final ProcessHandle supervisor = scene.up().process().toHandle();
    StateProcesses.signal(supervisor, "STOP");
    try {
      final Instant begin = Instant.now();
      final long before = spooled(scene.up().state());
      scene.processes().find(StateProcesses.SERVER).orElseThrow().destroyForcibly();
      Awaitility.await("an outage in which the agent kept samples")
          .atMost(OUTAGE.plus(RECOVERY))
          .until(
              () ->
                  Duration.between(begin, Instant.now()).compareTo(OUTAGE) >= 0
                      && spooled(scene.up().state()) > before);
    } finally {
      StateProcesses.signal(supervisor, "CONT");
    }
  }

  private static long spooled(Path state) {
    try (Stream<Path> files = Files.walk(state.resolve("agent").resolve("spool"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(Scene scene, Instant deadline) {
    await("the server ready", deadline).until(() -> scene.api().status("/readyz") == 200);
  }

  /// The host up, and a sample that was taken after the kill has come to the watcher and into the
  /// history.
  private static void awaitRecovery(Scene scene, Instant killed, Instant deadline) {
    await("recovery", deadline).until(() -> isBack(scene, killed));
  }

  private static ConditionFactory await(String what, Instant deadline) {
    final Duration rest = Duration.between(Instant.now(), deadline);
    return Awaitility.await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .atMost(rest.isPositive() ? rest : Duration.ofMillis(1));
  }

  private static boolean isBack(Scene scene, Instant killed) {
    if (!scene.api().isUp(scene.host())) {
      return false;
    }
    scene.watcher().watch();
    if (!scene.watcher().latest().isAfter(killed)) {
      return false;
    }
    final Instant now = Instant.now();
    return scene.api().history(scene.host(), CPU, now.minusSeconds(60), now.plusSeconds(1)).stream()
        .anyMatch(point -> point.plus(INTERVAL).isAfter(killed));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }

  private static String firstUp(Api api) {
    return api.hosts().stream()
        .filter(host -> host.get("state").getAsString().equals("up"))
        .map(host -> host.get("id").getAsString())
        .findFirst()
        .orElse("");
  }

  /// What other people's pages ask meanwhile: nobody answers, or the answer is right, or it says in
  /// its own form that it is not possible now.
  private void read(Scene scene) {
    try {
      final Api.Answer answer = scene.api().get("/api/v1/hosts");
      reads.incrementAndGet();
      final boolean away = answer.status() == 503 && answer.body().contains("\"unavailable\"");
      if (answer.status() != 200 && !away) {
        complaints.add(answer.status() + " " + answer.body());
      }
    } catch (UncheckedIOException killed) {
      refused.incrementAndGet();
    }
  }

  private int killed() {
    return kills.entrySet().stream()
        .mapToInt(entry -> entry.getKey().processes * entry.getValue())
        .sum();
  }

  private Duration absent(Instant from, Instant to) {
    return absences.stream()
        .map(absence -> absence.overlap(from, to))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private void count(Path state, String host, Instant begin) {
    try (RawSamples raw = new RawSamples(state)) {
      final List<RawSamples.Row> cpu =
          raw.list(host, CPU + "|1|").stream().filter(row -> !row.at().isBefore(begin)).toList();
      final List<RawSamples.Row> uptime = raw.list(host, "system.uptime|s|");
      Duration widest = Duration.ZERO;
      final List<String> gaps = new ArrayList<>();
      for (int i = 1; i < cpu.size(); i++) {
        final Instant from = cpu.get(i - 1).at();
        final Instant to = cpu.get(i).at();
        final Duration gap = Duration.between(from, to).minus(absent(from, to));
        widest = gap.compareTo(widest) > 0 ? gap : widest;
        if (gap.compareTo(INTERVAL.plus(DELAY)) > 0) {
          gaps.add(from + " to " + to);
        }
      }
      longRun.report(
          Map.of(
              "kills",
              killed() + " processes: " + kills,
              "slowest recovery",
              seconds(slowest),
              "rows",
              Long.toString(raw.count()),
              "rows twice",
              Long.toString(raw.duplicates()),
              "samples of " + CPU,
              Integer.toString(cpu.size()),
              "widest gap while the agent lived",
              seconds(widest),
              "gaps",
              Integer.toString(gaps.size()),
              "reads answered meanwhile",
              reads.toString(),
              "reads that found nobody",
              refused.toString()));
      assertThat(complaints).isEmpty();
      assertThat(gaps).isEmpty();
      assertThat(raw.duplicates()).isZero();
      // A sample that came again under another time would bring the same reading of this counter.
      assertThat(uptime.stream().map(RawSamples.Row::value)).doesNotHaveDuplicates();
      assertThat(cpu.stream().map(RawSamples.Row::value))
          .allMatch(value -> value >= 0 && value <= 1);
      assertThat(cpu).hasSizeGreaterThan(30);
      assertThat(killed()).isGreaterThanOrEqualTo(20);
    }
  }
}
