package dev.bulkhead.cli.verbs;

import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerOption;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A verb that asks a server. Its exit codes: 0 done, 1 failed, 2 wrong usage.
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed (the message says why and what to do)", "2:wrong usage"})
public abstract class ServerVerb implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOption server = new ServerOption();

  /// Made by picocli.
  protected ServerVerb() {}

  /// Does the work.
  ///
  /// @throws dev.bulkhead.cli.CommandFailure with what to do about it
  protected abstract void run(ServerClient client, PrintWriter out) throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    PrintWriter out = commandLine().getOut();
    try (ServerClient client = server.connect()) {
      run(client, out);
    }
    out.flush();
    return 0;
  }

  /// Where remarks go that are no result.
  protected final PrintWriter remarks() {
    return commandLine().getErr();
  }

  /// A wrong combination of what was given.
  protected final ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
