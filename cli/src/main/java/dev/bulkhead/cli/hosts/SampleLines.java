package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.EventStream.Event;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Prints one JSON line for each sample of a host, `{host, at, metrics}`, until it is interrupted
/// or nobody reads.
final class SampleLines {

  private final Supplier<ServerClient> servers;
  private final String name;
  private final PrintWriter out;

  SampleLines(Supplier<ServerClient> servers, String name, PrintWriter out) {
    this.servers = servers;
    this.name = name;
    this.out = out;
  }

  void run() throws InterruptedException {
    String id;
    try (ServerClient server = servers.get()) {
      id = new HostFinder(new HostPages(server)).find(name);
    }
    var watching = new AtomicBoolean(true);
    // Ctrl-C is how this is meant to end; a failure keeps its own exit code.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endWell(watching), "end"));
    try {
      new LiveFeed(servers, id).run(this::print);
    } finally {
      watching.set(false);
    }
  }

  private void print(Event event) {
    if (event.name().equals("sample")) {
      out.println(Json.line(event.data()));
      if (out.checkError()) {
        throw new CommandFailure("Nobody reads the samples any more.");
      }
    }
  }

  private static void endWell(AtomicBoolean watching) {
    if (watching.get()) {
      Runtime.getRuntime().halt(0);
    }
  }
}
