package dev.bulkhead.cli.status;

import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.cli.up.StateOption;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bulkhead status`: does it run, and is it well.
@Command(
    name = "status",
    description = "Says whether Bulkhead runs on this machine, and whether it is well.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it runs and is well, whatever the hosts' states",
      "1:it does not run, is not set up or is not well (the output says what to do)",
      "2:wrong usage"
    })
public final class StatusCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StateOption state = new StateOption();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  /// Made by picocli.
  public StatusCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    StatusReport report = StatusReport.take(state.directory());
    if (json) {
      out.println(report.json());
    } else {
      report
          .lines(Terminal.ofThisProcess(), InstantSource.system().instant())
          .forEach(out::println);
    }
    out.flush();
    return report.isWell() ? 0 : 1;
  }
}
