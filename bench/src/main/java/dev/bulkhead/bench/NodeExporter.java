package dev.bulkhead.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The peer: Debian's prometheus-node-exporter with its own defaults, on loopback, scraped by this
/// program at the pace that the agent samples.
final class NodeExporter implements AutoCloseable {

  private static final String PROGRAM = "prometheus-node-exporter";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration START = Duration.ofSeconds(2);

  private final Process process;
  private final HttpRequest scrape;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Duration interval = Duration.ofSeconds(10);
  private final Thread scraper;

  private NodeExporter(Process process, int port) {
    this.process = process;
    this.scrape =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
    this.scraper = Thread.ofVirtual().name("scrape").start(this::scrapeUntilInterrupted);
  }

  /// Starts it; empty where it is not installed.
  static Optional<NodeExporter> start() throws IOException {
    Optional<Path> program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, PROGRAM))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      Progress.say(PROGRAM + " is not installed: apt-get install " + PROGRAM);
      return Optional.empty();
    }
    int port = Up.freePort();
    Process started =
        new ProcessBuilder(program.get().toString(), "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return Optional.of(new NodeExporter(started, port));
  }

  long pid() {
    return process.pid();
  }

  void scrapeEvery(Duration pace) {
    interval = pace;
  }

  private void scrapeUntilInterrupted() {
    try {
      // It does not listen at once.
      Thread.sleep(START);
      while (true) {
        try {
          client.send(scrape, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
          // A scrape that is missing spoils little; many are seen here.
          Progress.say("not scraped: " + e);
        }
        Thread.sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    scraper.interrupt();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
