package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerUnreachable;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Draws one host once a second, until it is interrupted.
final class HostWatch {

  private static final int TURNS_BETWEEN_LOOKS = 3;

  private final Supplier<ServerClient> servers;
  private final String name;
  private final PrintWriter out;
  private final InstantSource clock;
  private Terminal terminal;

  HostWatch(
      Supplier<ServerClient> servers,
      String name,
      PrintWriter out,
      Terminal terminal,
      InstantSource clock) {
    this.servers = servers;
    this.name = name;
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  void run() throws InterruptedException {
    try (ServerClient server = servers.get();
        ExecutorService feeding = Executors.newVirtualThreadPerTaskExecutor()) {
      var pages = new HostPages(server);
      String id = new HostFinder(pages).find(name);
      var live = new LiveHost();
      Future<?> feed = feeding.submit(() -> follow(id, live));
      var screen = new Screen(out, terminal);
      try {
        drawUntilEnd(pages, id, live, screen, feed);
      } finally {
        screen.close();
        feeding.shutdownNow();
      }
    }
  }

  private Void follow(String id, LiveHost live) throws InterruptedException {
    new LiveFeed(servers, id)
        .run(
            event -> {
              if (event.name().equals("sample")) {
                live.accept(event.data());
              }
            });
    throw new IllegalStateException("a feed ends by an exception");
  }

  private void drawUntilEnd(
      HostPages pages, String id, LiveHost live, Screen screen, Future<?> feed)
      throws InterruptedException {
    JsonNode host = pages.get(id);
    JsonNode processes = Json.object();
    for (int turn = 0; ; turn++) {
      if (turn % TURNS_BETWEEN_LOOKS == 0) {
        try {
          host = pages.get(id);
          processes = pages.processes(id);
          terminal = terminal.resized();
        } catch (ServerUnreachable e) {
          // The picture stays and says how old it is; the feed finds out whether this is the end.
          screen.note("The server does not answer; trying again.");
        }
      }
      List<String> lines =
          new LiveScreen(Host.of(host), live, terminal, clock.instant()).lines(processes);
      screen.draw(lines);
      awaitNextTurn(feed);
    }
  }

  private static void awaitNextTurn(Future<?> feed) throws InterruptedException {
    try {
      feed.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // A second has passed.
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CommandFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
