package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import java.io.PrintWriter;
import java.nio.file.Path;

/// Prints one JSON line for each sample of a host, `{host, at, metrics}`, until it is interrupted
/// or nobody reads.
final class SampleLines {

  private final Path state;
  private final String name;
  private final PrintWriter out;

  SampleLines(Path state, String name, PrintWriter out) {
    this.state = state;
    this.name = name;
    this.out = out;
  }

  void run() throws InterruptedException {
    String id;
    try (ServerClient server = ServerClient.ofState(state)) {
      id = new HostFinder(new HostPages(server)).find(name);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0), "end"));
    new LiveFeed(state, id)
        .run(
            event -> {
              if (event.name().equals("sample")) {
                out.println(Json.line(event.data()));
                if (out.checkError()) {
                  throw new CommandFailure("Nobody reads the samples any more.");
                }
              }
            });
  }
}
