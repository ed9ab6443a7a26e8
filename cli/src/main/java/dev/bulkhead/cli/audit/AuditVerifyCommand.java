package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.audit.Verification.Result;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.up.StateHome;
import dev.bulkhead.cli.up.StateOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bulkhead audit verify`: the whole record, checked on this machine.
@Command(
    name = "verify",
    description = {
      "Reads the tenant's and the platform's chain and checks every record on this machine,"
          + " against what this machine saw the last time.",
      "",
      "What it saw is kept apart from the server's state, because that is where somebody who edits"
          + " the record would edit it too."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:both chains are intact, and what this machine saw before is in them",
      "1:a record is bad, or not all could be read (the output says which and why)",
      "2:wrong usage"
    })
public final class AuditVerifyCommand implements Callable<Integer> {

  private static final int PROGRESS_EVERY = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--witness",
      paramLabel = "DIR",
      description =
          "Where this machine keeps what it saw. Default: /var/lib/bulkhead-witness for root, else"
              + " $XDG_STATE_HOME/bulkhead-witness or ~/.local/state/bulkhead-witness.")
  private @Nullable Path witness;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  /// Made by picocli.
  public AuditVerifyCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Terminal terminal = Terminal.ofThisProcess();
    Path directory =
        witness == null ? StateHome.directory("bulkhead-witness", "--witness DIR") : witness;
    Instant now = InstantSource.system().instant();
    try (ServerClient server = ServerClient.ofState(state.directory())) {
      Result result =
          new Verification(
                  server,
                  new WitnessFiles(directory.toAbsolutePath()),
                  state.directory(),
                  verified -> show(verified, terminal))
              .run(now);
      clear(terminal);
      var report = new VerificationReport(result);
      if (json) {
        out.println(report.json());
      } else {
        report.lines(terminal, now).forEach(out::println);
      }
      out.flush();
      return result.isIntact() ? 0 : 1;
    }
  }

  private void show(long verified, Terminal terminal) {
    if (terminal.interactive() && verified % PROGRESS_EVERY == 0 && verified > 0) {
      err().print("\r" + verified + " records verified");
      err().flush();
    }
  }

  private void clear(Terminal terminal) {
    if (terminal.interactive()) {
      err().print("\r\u001b[K");
      err().flush();
    }
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
