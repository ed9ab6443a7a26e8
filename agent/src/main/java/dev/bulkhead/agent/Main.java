package dev.bulkhead.agent;

import dev.bulkhead.agent.Arguments.UsageException;
import dev.bulkhead.agent.collect.LinuxProbe;
import dev.bulkhead.agent.collect.LinuxRoots;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.Pem;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.identity.StateInUseException;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.protocol.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The agent's command line.
public final class Main {

  private static final int USAGE = 2;
  private static final int FAILED = 1;
  // Never 3, which is how Java ends when it has run out of memory: that agent shall start again.
  private static final int NOT_JOINED = 5;
  private static final int IN_USE = 4;

  private static final String HELP =
      """
      Usage: bulkhead agent <command> [options]

        join [CODE]     make this host one of the server's
                          --code-file FILE   read the code from a file, or from - (standard input)
        run             sample and send until it is stopped
                          --stop-with-parent stop when standard input ends
        status          what this host is to its server
        fingerprint     the device key's fingerprint, to compare with the server's
        install         start with the host, as a systemd service (root)

        --state DIR     where keys, certificate and spool are kept
                        (default /var/lib/bulkhead-agent for root,
                        else $XDG_STATE_HOME/bulkhead-agent)
      """;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  Main(InputStream in, PrintStream out, PrintStream err, Clock clock) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /// Runs one command and exits with its code.
  public static void main(String[] args) {
    Main program = new Main(System.in, System.out, System.err, Clock.systemUTC());
    System.exit(program.run(Arrays.asList(args)));
  }

  int run(List<String> words) {
    try {
      return dispatch(words);
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return USAGE;
    } catch (StateInUseException e) {
      err.println(e.getMessage() + ". One agent at a time uses a state directory.");
      return IN_USE;
    } catch (IOException | GeneralSecurityException e) {
      err.println("Failed: " + describe(e));
      return FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static String describe(Exception e) {
    // The JDK's file exceptions hold a bare path as their message.
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }

  private int dispatch(List<String> words)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (words.isEmpty() || Set.of("help", "--help", "-h").contains(words.getFirst())) {
      out.print(HELP);
      return words.isEmpty() ? USAGE : 0;
    }
    Arguments arguments =
        Arguments.parse(
            words.subList(1, words.size()),
            Set.of("--state", "--code-file"),
            Set.of("--stop-with-parent"));
    Path state = stateDirectory(arguments);
    int allowed = words.getFirst().equals("join") ? 1 : 0;
    if (arguments.rest().size() > allowed) {
      throw new UsageException("unexpected: " + arguments.rest().get(allowed));
    }
    return switch (words.getFirst()) {
      case "join" -> {
        String code = arguments.rest().isEmpty() ? null : arguments.rest().getFirst();
        yield new JoinCommand(in, out, err, clock)
            .run(state, code, arguments.find("--code-file"), facts());
      }
      case "run" -> runAgent(state, arguments.has("--stop-with-parent"));
      case "fingerprint" -> fingerprint(state);
      case "status" -> status(state);
      case "install" -> new InstallCommand(out, err).run(state.toAbsolutePath());
      default -> throw new UsageException("unknown command " + words.getFirst());
    };
  }

  private static HostFacts facts() {
    return HostFacts.read(Path.of("/proc"), Path.of("/etc"));
  }

  private static Path stateDirectory(Arguments arguments) {
    String given = arguments.find("--state");
    if (given != null) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    if ("root".equals(System.getProperty("user.name"))) {
      return Path.of("/var/lib/bulkhead-agent");
    }
    String xdg = System.getenv("XDG_STATE_HOME");
    Path home = Path.of(System.getProperty("user.home", "."));
    Path base = xdg == null || xdg.isEmpty() ? home.resolve(".local/state") : Path.of(xdg);
    return base.resolve("bulkhead-agent");
  }

  private int notJoined(Path state) {
    err.println("This host has not joined: there is no identity in " + state + ".");
    err.println("  What to do: bulkhead agent join, with the code that 'Add host' shows.");
    return NOT_JOINED;
  }

  private int runAgent(Path directory, boolean stopWithParent)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (StateDirectory.findIdentity(directory).isEmpty()) {
      return notJoined(directory);
    }
    try (StateDirectory state = StateDirectory.openToRun(directory)) {
      Optional<HostIdentity> identity = state.findIdentity();
      if (identity.isEmpty()) {
        return notJoined(directory);
      }
      AgentLog log = new AgentLog(err, clock);
      if (state.isReadOnly()) {
        log.warn("state_read_only", "directory", directory.toString(), "kept", "in memory");
      }
      LinuxProbe probe =
          new LinuxProbe(
              LinuxRoots.ofHost(),
              (collector, problem) ->
                  log.warn("collector_failed", "collector", collector, "detail", problem));
      Agent agent = new Agent(state, identity.get(), facts(), probe, clock, log);
      CountDownLatch ended = stopWhenTold(agent, stopWithParent);
      log.info("agent_started", "host", identity.get().hostId().toString());
      try {
        agent.run();
      } finally {
        ended.countDown();
      }
      return 0;
    }
  }

  private CountDownLatch stopWhenTold(Agent agent, boolean stopWithParent) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              agent.stop();
              try {
                boolean inTime = ended.await(5, TimeUnit.SECONDS);
                if (!inTime) {
                  err.println("The agent did not end within five seconds.");
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    if (stopWithParent) {
      Thread.ofPlatform().daemon().name("parent").stackSize(128 * 1024).start(() -> await(agent));
    }
    return ended;
  }

  private void await(Agent agent) {
    try {
      // Whatever the parent says, only its end means something.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // A broken pipe is an end too.
      agent.stop();
    }
    agent.stop();
  }

  private int fingerprint(Path state) throws IOException, GeneralSecurityException {
    Optional<Sha256> found = StateDirectory.findFingerprint(state);
    if (found.isEmpty()) {
      return notJoined(state);
    }
    out.println(found.get().toBase64Url());
    return 0;
  }

  private int status(Path state) throws IOException, GeneralSecurityException {
    Optional<HostIdentity> identity = StateDirectory.findIdentity(state);
    Optional<Sha256> fingerprint = StateDirectory.findFingerprint(state);
    if (identity.isEmpty() || fingerprint.isEmpty()) {
      return notJoined(state);
    }
    HostIdentity host = identity.get();
    out.println("host         " + host.hostId());
    out.println("tenant       " + host.tenant());
    out.println("servers      " + host.addresses());
    out.println("fingerprint  " + fingerprint.get().toBase64Url());
    var notAfter = Pem.parseCertificate(host.certificate()).getNotAfter().toInstant();
    out.println("certificate  until " + notAfter);
    out.println("agent        " + (StateDirectory.isInUse(state) ? "runs" : "does not run"));
    return 0;
  }
}
