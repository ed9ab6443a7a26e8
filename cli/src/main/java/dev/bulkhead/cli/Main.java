package dev.bulkhead.cli;

import dev.bulkhead.cli.audit.AuditCommand;
import dev.bulkhead.cli.foreign.AgentCommand;
import dev.bulkhead.cli.hosts.HostCommand;
import dev.bulkhead.cli.hosts.HostsCommand;
import dev.bulkhead.cli.people.GroupsCommand;
import dev.bulkhead.cli.people.InvitationsCommand;
import dev.bulkhead.cli.people.PeopleCommand;
import dev.bulkhead.cli.status.StatusCommand;
import dev.bulkhead.cli.tenants.TenantCommand;
import dev.bulkhead.cli.tenants.TenantsCommand;
import dev.bulkhead.cli.tokens.ServiceAccountsCommand;
import dev.bulkhead.cli.tokens.TokensCommand;
import dev.bulkhead.cli.up.UpCommand;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `bulkhead`: one sub-command per verb, each a class of its own.
///
/// Exit codes: 0 done, 1 failed (the message says why and what to do), 2 wrong usage.
@Command(
    name = "bulkhead",
    description = "Sees, commands and contains a fleet.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      UpCommand.class,
      StatusCommand.class,
      HostsCommand.class,
      HostCommand.class,
      PeopleCommand.class,
      InvitationsCommand.class,
      GroupsCommand.class,
      TokensCommand.class,
      ServiceAccountsCommand.class,
      TenantCommand.class,
      TenantsCommand.class,
      AuditCommand.class,
      AgentCommand.class
    },
    footer = {
      "",
      "The launcher adds:  build (compiles everything), test (runs all tests),",
      "bench (measures it), agent (the host agent's own verbs).",
      "",
      "Start with:  bulkhead up"
    })
public final class Main implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  Main() {}

  /// Runs a verb and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /// The whole command line, unparsed: for `main` and for tests.
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new FailureHandler())
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which verb? Try: bulkhead up");
  }

  /// Prints `bulkhead` and its version.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bulkhead " + Versions.read().bulkhead()};
    }
  }

  /// A failure that says what to do is printed as it is; any other is a defect, and its trace helps
  /// whoever reports it.
  private static final class FailureHandler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
      PrintWriter err = command.getErr();
      if (failure instanceof CommandFailure) {
        err.println("bulkhead: " + failure.getMessage());
      } else {
        failure.printStackTrace(err);
      }
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
