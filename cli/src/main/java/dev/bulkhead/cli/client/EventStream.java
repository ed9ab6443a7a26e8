package dev.bulkhead.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Server-sent events (WHATWG HTML) as they come in. For one thread; another may close it.
public final class EventStream implements AutoCloseable {

  private final InputStream in;
  private final BufferedReader lines;

  EventStream(InputStream in) {
    this.in = in;
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// One event.
  ///
  /// @param name such as `sample`
  public record Event(String name, JsonNode data) {}

  /// Waits for the next event.
  ///
  /// @return empty when the stream has ended, from either side
  public Optional<Event> next() {
    String name = "message";
    StringBuilder data = new StringBuilder();
    String line;
    while ((line = readLine()) != null) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          return Optional.of(
              new Event(name, Json.parse(data.toString().getBytes(StandardCharsets.UTF_8))));
        }
        name = "message";
      } else if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.append(line, "data:".length(), line.length()).append('\n');
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private @Nullable String readLine() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      // A connection that broke has ended, as far as a reader of events is concerned.
      return null;
    }
  }
}
