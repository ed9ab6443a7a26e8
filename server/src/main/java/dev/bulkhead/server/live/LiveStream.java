package dev.bulkhead.server.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// One open tab's events on their way out (WHATWG HTML, server-sent events). What happens meanwhile
/// waits in a bounded queue; a reader that does not keep up is cut off, and its browser comes back
/// and reads everything anew. [#offer] and [#close] are thread-safe; one thread writes.
final class LiveStream {
  private static final int WAITING = 64;

  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(WAITING);
  private final JsonMapper json;
  private volatile boolean closed;

  LiveStream(JsonMapper json) {
    this.json = json;
  }

  /// Something to tell.
  record Event(String name, Object data) {}

  void offer(String name, Object data) {
    if (!waiting.offer(new Event(name, data))) {
      closed = true;
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  Optional<Event> poll(Duration patience) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  void write(OutputStream out, Event event) throws IOException {
    out.write(("event: " + event.name() + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(json.writeValueAsBytes(event.data()));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
