package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `bulkhead bench [NAME…]`: runs measurements one after the other and writes what they found to
/// `target/bench/NAME.md` and to standard output; progress goes to standard error.
public final class Main {

  private static final String USAGE =
      """
      Usage: bulkhead bench [NAME…] [--agents N] [--seconds N] [--runs N] [--out DIR]
        first-chart   from `up` to the first live sample, on a new and on a used state
        footprint     memory and CPU of server and agent, beside prometheus-node-exporter
        thousand      many simulated agents on one server, and the server killed under them
      Without a NAME: all of them.
        --agents N    simulated agents (1000)
        --seconds N   how long a window of measurement lasts (60)
        --runs N      how often `first-chart` starts (3)
        --out DIR     where the tables go (target/bench)
      """;

  private Main() {}

  /// Exit codes: 0 done, 1 a measurement failed, 2 wrong usage.
  public static void main(String[] arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments), Programs.ofThisProgram());
    } catch (IllegalArgumentException e) {
      System.err.println("bulkhead bench: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(options) ? 0 : 1);
  }

  private static boolean run(Options options) throws InterruptedException {
    List<String> failed = new ArrayList<>();
    for (String name : options.names()) {
      try {
        report(options, name, measure(options, name));
      } catch (IOException | MeasurementFailure e) {
        failed.add(name);
        System.err.println(
            "bulkhead bench: "
                + name
                + " failed: "
                + e
                + (e.getCause() == null ? "" : ", " + e.getCause()));
      }
    }
    return failed.isEmpty();
  }

  private static Table measure(Options options, String name)
      throws IOException, InterruptedException {
    return switch (name) {
      case Options.FIRST_CHART -> new FirstChart(options).measure();
      case Options.FOOTPRINT -> new Footprint(options).measure();
      case Options.THOUSAND -> new Thousand(options).measure();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void report(Options options, String name, Table table) throws IOException {
    String text = table.toMarkdown(Machine.read(options.programs().root()));
    System.out.println(text);
    Files.createDirectories(options.out());
    Path file = options.out().resolve(name + ".md");
    Files.writeString(file, text);
    Progress.say("written: " + file);
  }
}
