package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.ServerOption;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bulkhead host NAME`: one host, once or live.
@Command(
    name = "host",
    description = "Shows one host: what it is, and how it does.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, or ended by Ctrl-C",
      "1:failed, or there is no such host (the message says why and what to do)",
      "2:wrong usage"
    })
public final class HostCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "The host's name or id, or its host name where only one has it.")
  private String name = "";

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--watch",
      description = "Measures once a second and shows what comes, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--json",
      description = "JSON as the API has it; with --watch one line for each sample.")
  private boolean json;

  /// Made by picocli.
  public HostCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (watch && json) {
      new SampleLines(server::connect, name, out).run();
    } else if (watch) {
      new HostWatch(server::connect, name, out, Terminal.ofThisProcess(), InstantSource.system())
          .run();
    } else {
      new HostSheet(server::connect, name, out)
          .print(json, Terminal.ofThisProcess(), InstantSource.system().instant());
    }
    return 0;
  }
}
