package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.Versions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Starts PostgreSQL, the server and the agent in this order, keeps them running, and stops them in
/// the reverse order.
///
/// `run` is called once, by one thread; `stopAndWait` by any other.
final class Supervisor {

  private static final Pattern SETUP_CODE = Pattern.compile("[0-9A-Z-]{19}");

  private final UpSettings settings;
  private final Installation installation;
  private final InstantSource clock;
  private final Announcer announcer;
  private final StateDirectory state;
  private final Deque<Keeper> kept = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread runner;
  private boolean stopping;
  private volatile int exit;

  Supervisor(
      UpSettings settings, Installation installation, InstantSource clock, Announcer announcer) {
    this.settings = settings;
    this.installation = installation;
    this.clock = clock;
    this.announcer = announcer;
    this.state = new StateDirectory(settings.state());
  }

  /// Runs everything, and returns when it has been stopped.
  ///
  /// @throws CommandFailure when it could not start; what was started has been stopped again
  void run() {
    try {
      if (begin()) {
        runOnState();
      }
    } catch (CommandFailure e) {
      exit = 1;
      throw e;
    } finally {
      stopped.countDown();
    }
  }

  /// Stops everything in order, and waits until it is done.
  ///
  /// @return the exit code of the process
  int stopAndWait() {
    synchronized (this) {
      if (!stopping && runner != null) {
        runner.interrupt();
      }
      stopping = true;
    }
    boolean interrupted = false;
    while (true) {
      try {
        stopped.await();
        break;
      } catch (InterruptedException e) {
        // Whoever asked wants it sooner, but PostgreSQL must still come down in order.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return exit;
  }

  private synchronized boolean begin() {
    runner = Thread.currentThread();
    if (stopping) {
      stopped.countDown();
    }
    return !stopping;
  }

  private void runOnState() {
    state.create();
    var self =
        new StateLock.Holder(
            ProcessHandle.current().pid(), settings.port(), settings.linkPort(), clock.instant());
    try (StateLock lock = StateLock.take(state.lock(), self)) {
      try {
        startAll(lock.killedBefore().isPresent());
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        announcer.say("stopping");
      } finally {
        stopAll();
      }
    }
    announcer.say("stopped");
  }

  private void startAll(boolean afterKill) throws InterruptedException {
    Account postgresUser = Account.ofService("bulkhead-postgres");
    Account serverUser = Account.ofService("bulkhead-server");
    new ReadablePrograms(state, postgresUser).requirePassage();
    state.createPrivate(state.server(), serverUser);

    Versions versions = Versions.read();
    var binaries =
        new PostgresBinaries(
            versions.postgresql(), state.postgres().resolve(versions.postgresql()));
    var secrets = new DatabaseSecrets(state, serverUser);
    var postgres = new Postgres(state, postgresUser, binaries, secrets, announcer);
    var server =
        new ServerProcess(settings, state, serverUser, installation, secrets, postgres, announcer);
    var agent = new AgentProcess(state, serverUser, installation, announcer);

    server.requireBuilt();
    if (afterKill) {
      server.endLeftover();
      agent.endLeftover();
    }
    requirePorts();

    start(postgres, server::followDatabase);
    start(server, () -> announceSetup(serverUser));
    announcer.say("");
    announcer.say("  Bulkhead:    " + settings.url());
    announceSetup(serverUser);
    announcer.say("");
    if (settings.agent()) {
      startAgent(agent);
    }
  }

  private void startAgent(AgentProcess agent) {
    if (!agent.isBuilt()) {
      announcer.say("agent not built: this machine itself is not watched");
      return;
    }
    Keeper keeper = keeper(agent, () -> {});
    kept.push(keeper);
    keeper.keepFromNow();
  }

  private void start(Child child, Keeper.AfterRestart afterRestart) throws InterruptedException {
    Keeper keeper = keeper(child, afterRestart);
    kept.push(keeper);
    keeper.startThenKeep();
  }

  private Keeper keeper(Child child, Keeper.AfterRestart afterRestart) {
    return new Keeper(child, new SecureRandom(), announcer, afterRestart);
  }

  private void requirePorts() {
    Ports.requireUnprivileged(settings.port(), "--port");
    Ports.requireUnprivileged(settings.linkPort(), "--link-port");
    Ports.requireFree("127.0.0.1", settings.port(), "--port");
    for (String address : settings.linkAddresses()) {
      Ports.requireLocal(address, "--link-address");
      Ports.requireFree(address, settings.linkPort(), "--link-port");
    }
  }

  /// The server leaves the code while there is no owner. What does not look like one is not shown:
  /// the server's user could write anything there, and this is root's terminal.
  private void announceSetup(Account serverUser) throws InterruptedException {
    Path file = state.server().resolve("setup-code");
    Optional<String> code =
        new AccountFiles(serverUser).read(file).map(String::strip).filter(Supervisor::isSetupCode);
    code.ifPresent(text -> announcer.say("  setup code:  " + text));
  }

  static boolean isSetupCode(String text) {
    return SETUP_CODE.matcher(text).matches();
  }

  private void stopAll() {
    synchronized (this) {
      stopping = true;
      // From here on nobody interrupts this thread.
      Thread.interrupted();
    }
    while (!kept.isEmpty()) {
      stop(kept.pop());
    }
  }

  private void stop(Keeper keeper) {
    try {
      keeper.stop();
    } catch (CommandFailure e) {
      announcer.say("while stopping: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a supervisor that stops", e);
    }
  }
}
