package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.ShortCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// PostgreSQL: started detached, so that it outlives a killed supervisor and is adopted by the
/// next.
final class Postgres implements Child {

  // Recovery after a power cut reads up to a gigabyte of log.
  private static final Duration MOST_START = Duration.ofMinutes(10);
  private static final Duration MOST_STOP = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final int PORT_TRIES = 3;
  private static final int TAIL_LINES = 15;

  private final StateDirectory state;
  private final Account account;
  private final AccountFiles files;
  private final PostgresBinaries binaries;
  private final PostgresCluster cluster;
  private final Announcer announcer;
  private volatile @Nullable Postmaster running;

  Postgres(
      StateDirectory state,
      Account account,
      PostgresBinaries binaries,
      DatabaseSecrets secrets,
      Announcer announcer) {
    this.state = state;
    this.account = account;
    this.files = new AccountFiles(account);
    this.binaries = binaries;
    this.cluster = new PostgresCluster(state, account, binaries, secrets);
    this.announcer = announcer;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /// The port it listens on.
  ///
  /// @throws IllegalStateException before the first `start`
  int port() {
    return requireStarted().port();
  }

  @Override
  public void start() throws InterruptedException {
    var watch = Stopwatch.start();
    state.createPassage(state.postgres());
    binaries.unpackOnce();
    cluster.createOnce();
    if (findLive().isPresent()) {
      running = awaitReady();
      announcer.say(
          "PostgreSQL %s adopted on 127.0.0.1:%d".formatted(binaries.shortVersion(), port()),
          watch.elapsed());
      return;
    }
    running = launch();
    announcer.say(
        "PostgreSQL %s ready on 127.0.0.1:%d".formatted(binaries.shortVersion(), port()),
        watch.elapsed());
  }

  @Override
  public String awaitEnd() throws InterruptedException {
    Postmaster watched = requireStarted();
    // It is nobody's child of ours, so there is nothing to wait on: we look.
    Condition.await(GLANCE, () -> !watched.isAlive(cluster.data(), account.uid()));
    return "process " + watched.pid() + " is gone";
  }

  @Override
  public void stop() throws InterruptedException {
    if (findLive().isEmpty()) {
      return;
    }
    Outcome outcome = control("stop", "-m", "fast", "-t", seconds(MOST_STOP));
    if (!outcome.isDone() && findLive().isPresent()) {
      announcer.say("PostgreSQL did not stop in order; it is stopped at once and recovers later");
      control("stop", "-m", "immediate", "-t", seconds(MOST_STOP));
    }
  }

  private Postmaster launch() throws InterruptedException {
    removeStalePid();
    for (int tries = 1; ; tries++) {
      int port = choosePort();
      cluster.configure(port);
      Outcome outcome =
          control(
              "start",
              "-t",
              seconds(MOST_START),
              "-l",
              cluster.log().resolve("start.log").toString());
      Optional<Postmaster> live = findLive();
      if (outcome.isDone() && live.isPresent()) {
        record(port);
        return live.get();
      }
      // Somebody else may have taken the port since we looked.
      if (tries == PORT_TRIES || Ports.isFree("127.0.0.1", port)) {
        throw new CommandFailure(
            "PostgreSQL did not start; its log is in "
                + cluster.log()
                + "\nIt began with:\n"
                + files.tail(cluster.log().resolve("start.log"), TAIL_LINES));
      }
    }
  }

  /// PostgreSQL judges its own stale file, but for an id that lives on as a zombie or as another
  /// program of the same user.
  private void removeStalePid() throws InterruptedException {
    Optional<Postmaster> stale = read();
    if (stale.isPresent()
        && ProcessHandle.of(stale.get().pid()).isPresent()
        && !stale.get().isSharedMemoryInUse()) {
      files.shell("rm -f \"$1\"", "", pidFile().toString());
    }
  }

  private Outcome control(String verb, String... arguments) throws InterruptedException {
    var command =
        new ArrayList<>(
            List.of(binaries.program("pg_ctl"), verb, "-w", "-D", cluster.data().toString()));
    command.addAll(List.of(arguments));
    return ShortCommand.of(account.as(command)).within(MOST_START.plus(MOST_STOP)).run();
  }

  private Optional<Postmaster> findLive() throws InterruptedException {
    return read().filter(postmaster -> postmaster.isAlive(cluster.data(), account.uid()));
  }

  private Optional<Postmaster> read() throws InterruptedException {
    return files.read(pidFile()).flatMap(Postmaster::parse);
  }

  private Path pidFile() {
    return cluster.data().resolve("postmaster.pid");
  }

  /// Waits while it recovers; if it was just stopping, starts it again.
  private Postmaster awaitReady() throws InterruptedException {
    boolean decided =
        Condition.await(GLANCE, MOST_START, () -> findLive().map(Postmaster::ready).orElse(true));
    if (!decided) {
      throw new CommandFailure(
          "PostgreSQL has been starting or stopping for "
              + MOST_START.toMinutes()
              + " minutes.\nSee its log in "
              + cluster.log());
    }
    Optional<Postmaster> live = findLive();
    return live.isPresent() ? live.get() : launch();
  }

  private int choosePort() {
    Optional<Integer> recorded = recorded();
    if (recorded.isPresent() && Ports.isFree("127.0.0.1", recorded.get())) {
      return recorded.get();
    }
    return Ports.findFree(ThreadLocalRandom.current());
  }

  private Optional<Integer> recorded() {
    try {
      Path file = portFile();
      return Files.exists(file)
          ? Optional.of(Integer.parseInt(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      // A file that cannot be read costs no more than another port.
      return Optional.empty();
    }
  }

  private void record(int port) {
    try {
      Files.writeString(portFile(), port + "\n");
    } catch (IOException e) {
      throw new CommandFailure("Could not write " + portFile() + ": " + e, e);
    }
  }

  private Path portFile() {
    return state.postgres().resolve("port");
  }

  private Postmaster requireStarted() {
    Postmaster postmaster = running;
    if (postmaster == null) {
      throw new IllegalStateException("PostgreSQL has not been started");
    }
    return postmaster;
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
