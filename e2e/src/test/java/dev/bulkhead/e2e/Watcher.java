package dev.bulkhead.e2e;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Somebody who looks at a host's page: as long as the stream is open, samples come every second.
/// A page opens its stream again when it ends; here, that is [#watch].
final class Watcher implements AutoCloseable {
  private final Api api;
  private final String host;
  private volatile Instant latest = Instant.EPOCH;
  private volatile boolean watching;
  private volatile InputStream stream = InputStream.nullInputStream();

  Watcher(Api api, String host) {
    this.api = api;
    this.host = host;
  }

  /// Opens the stream if it is not open; nothing happens while the server is away.
  void watch() {
    if (watching) {
      return;
    }
    try {
      stream = api.events(host);
      watching = true;
      Thread.ofVirtual().start(this::read);
    } catch (IOException away) {
      watching = false;
    }
  }

  /// The time of the newest sample that was seen.
  Instant latest() {
    return latest;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String event = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && event.equals("sample")) {
          see(JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject());
        }
      }
    } catch (IOException ended) {
      // The server was killed, as it should be here.
      watching = false;
    } finally {
      watching = false;
    }
  }

  private void see(JsonObject sample) {
    final Instant at = Instant.ofEpochMilli(sample.get("at").getAsLong());
    if (at.isAfter(latest)) {
      latest = at;
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException gone) {
      watching = false;
    }
  }
}
