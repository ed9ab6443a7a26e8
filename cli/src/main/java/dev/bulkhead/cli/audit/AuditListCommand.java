package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerOption;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bulkhead audit list`: the record, readable.
@Command(
    name = "list",
    description = "Shows records of a chain, the oldest first. It does not verify them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:failed (the message says why and what to do)", "2:wrong usage"})
public final class AuditListCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--platform",
      description = "The platform's chain (setup, sign-in failures) instead of the tenant's.")
  private boolean platform;

  @Option(
      names = "--after",
      paramLabel = "N",
      defaultValue = "0",
      description = "Only records after this sequence.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at most. Default: ${DEFAULT-VALUE}.")
  private long limit;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  /// Made by picocli.
  public AuditListCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (after < 0 || limit < 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--after takes 0 or more, and --limit 1 or more");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (ServerClient server = this.server.connect()) {
      var pages = new ChainPages(server, platform ? Scope.PLATFORM : Scope.TENANT);
      var list = new RecordList(out);
      if (json) {
        list.printJson(pages, after, limit);
      } else {
        list.print(pages, after, limit, Terminal.ofThisProcess());
      }
    }
    return 0;
  }
}
