package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.client.EventStream;
import dev.bulkhead.cli.client.EventStream.Event;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.client.ServerUnreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The events of one host, over as many connections as it takes. While one is open, the host
/// measures once a second.
final class LiveFeed {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

  private final Supplier<ServerClient> servers;
  private final String id;

  LiveFeed(Supplier<ServerClient> servers, String id) {
    this.servers = servers;
    this.id = id;
  }

  /// Gives every event to `taker`, until it is interrupted.
  ///
  /// @throws dev.bulkhead.cli.CommandFailure when `bulkhead up` has ended or the host is gone
  void run(Consumer<Event> taker) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    while (true) {
      if (readOnce(taker)) {
        wait = FIRST_WAIT;
      }
      Thread.sleep(wait);
      Duration next = wait.multipliedBy(2);
      wait = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
    }
  }

  /// Whether at least one event came.
  private boolean readOnce(Consumer<Event> taker) throws InterruptedException {
    boolean any = false;
    try (ServerClient server = servers.get();
        EventStream events = server.events(Query.of("/api/v1/events").with("host", id))) {
      Optional<Event> event = events.next();
      while (event.isPresent()) {
        any = true;
        taker.accept(event.get());
        event = events.next();
      }
    } catch (ServerUnreachable e) {
      // The supervisor starts it again; a supervisor that has ended is another failure.
      return any;
    }
    return any;
  }
}
