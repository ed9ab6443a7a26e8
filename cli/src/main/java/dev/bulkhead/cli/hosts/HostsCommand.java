package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerOption;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bulkhead hosts`: the list.
@Command(
    name = "hosts",
    description = "Lists the hosts of this machine's Bulkhead, or of the one that --server names.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:listed, whatever the hosts' states",
      "1:failed (the message says why and what to do)",
      "2:wrong usage"
    })
public final class HostsCommand implements Callable<Integer> {

  private static final List<String> SORTS =
      List.of(
          "name", "state", "cpu", "memory", "lastSeen", "-name", "-cpu", "-memory", "-lastSeen");

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Only hosts with this text in a name, an address or a tag.")
  private @Nullable String query;

  @Option(names = "--tag", paramLabel = "TAG", description = "Only hosts that bear this tag.")
  private @Nullable String tag;

  @Option(
      names = "--host-state",
      paramLabel = "STATE",
      completionCandidates = States.class,
      description = "Only hosts that are up, late, down or pending.")
  private @Nullable String hostState;

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      completionCandidates = Sorts.class,
      description =
          "name (default), state (what is wrong first), cpu, memory or lastSeen; the other way"
              + " round with - before it.")
  private @Nullable String sort;

  @Option(names = "--json", description = "One JSON object {items, totals}, as the API has them.")
  private boolean json;

  /// Made by picocli.
  public HostsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    requireOneOf("--host-state", hostState, () -> new States().iterator());
    requireOneOf("--sort", sort, () -> new Sorts().iterator());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (ServerClient server = this.server.connect()) {
      var list = new HostList(server, new HostPages.Wanted(query, tag, hostState, sort), out);
      if (json) {
        list.printJson();
      } else {
        list.print(Terminal.ofThisProcess(), InstantSource.system().instant());
      }
    }
    return 0;
  }

  private void requireOneOf(String option, @Nullable String value, Iterable<String> known) {
    if (value == null) {
      return;
    }
    for (String one : known) {
      if (one.equals(value)) {
        return;
      }
    }
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        option + " takes " + String.join(", ", known) + ", not " + value);
  }

  /// For completion in shells.
  static final class States implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of(HostState.values()).stream().map(HostState::word).iterator();
    }
  }

  /// For completion in shells.
  static final class Sorts implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SORTS.iterator();
    }
  }
}
