package dev.bulkhead.cli.up;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bulkhead up`: runs everything on this machine until it is told to stop.
@Command(
    name = "up",
    description = "Runs PostgreSQL, the server and an agent on this machine, until Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped in order, after SIGINT, SIGTERM or SIGHUP",
      "1:could not start, or already running on this state (the message says which)",
      "2:wrong usage"
    })
public final class UpCommand implements Callable<Integer> {

  private static final int DEFAULT_PORT = 7070;
  private static final int DEFAULT_LINK_PORT = 7443;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_PORT,
      description = "The UI's port on this machine. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--link-port",
      paramLabel = "N",
      description = "The port that agents connect to. Default: 7443, or N+1 with --port N.")
  private @Nullable Integer linkPort;

  @Option(
      names = "--link-address",
      paramLabel = "ADDR",
      description =
          "An address of this machine on which agents of other machines connect (repeatable)."
              + " Default: this machine alone.")
  private List<String> linkAddresses = List.of();

  @Option(names = "--no-agent", description = "Do not run an agent for this machine.")
  private boolean withoutAgent;

  /// Made by picocli.
  public UpCommand() {}

  @Override
  public Integer call() {
    UpSettings settings = settings();
    Platform.requireSupported();
    var supervisor =
        new Supervisor(
            settings, Installation.ofThisProgram(), InstantSource.system(), new Announcer(out()));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  int exit = supervisor.stopAndWait();
                  // The JVM would answer 128 plus the signal's number for a stop that went well.
                  Runtime.getRuntime().halt(exit);
                },
                "stop"));
    supervisor.run();
    return 0;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  UpSettings settings() {
    try {
      return new UpSettings(
          state.directory(), port, linkPort(), List.copyOf(allLinkAddresses()), !withoutAgent);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int linkPort() {
    if (linkPort != null) {
      return linkPort;
    }
    return port == DEFAULT_PORT ? DEFAULT_LINK_PORT : port + 1;
  }

  /// Loopback always, because this machine's own agent uses it; a wildcard address covers it.
  private SequencedSet<String> allLinkAddresses() {
    var all = new LinkedHashSet<String>();
    for (String address : linkAddresses) {
      try {
        all.add(InetAddress.ofLiteral(address).getHostAddress());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--link-address takes an address of this machine, such as 192.168.1.5, not " + address,
            e);
      }
    }
    if (all.stream().noneMatch(a -> InetAddress.ofLiteral(a).isAnyLocalAddress())) {
      all.addFirst("127.0.0.1");
    }
    return all;
  }
}
