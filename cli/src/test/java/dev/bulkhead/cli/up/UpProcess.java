package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// The real supervisor in a process of its own, and what it says.
final class UpProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private UpProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::readAll);
  }

  static UpProcess start(Path programs, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dbulkhead.home=" + programs,
                "dev.bulkhead.cli.Main",
                "up"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BULKHEAD_LOG", "debug");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "not for children");
    return new UpProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  String text() {
    return String.join("\n", lines);
  }

  /// Waits until it has said a line with this text in it, `times` times.
  void awaitLine(String text, int times) {
    Awaitility.await(text)
        .atMost(PATIENCE)
        .failFast(
            () -> {
              if (!process.isAlive()) {
                reader.join();
                assertThat(says(text, times)).as("ended, after it had said: %s", text()).isTrue();
              }
            })
        .until(() -> says(text, times));
  }

  void awaitLine(String text) {
    awaitLine(text, 1);
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end, and had said:\n" + text());
    }
    reader.join();
    return process.exitValue();
  }

  /// SIGTERM.
  int stop() throws InterruptedException {
    process.toHandle().destroy();
    return awaitExit();
  }

  /// SIGINT, as Ctrl-C sends it.
  int interrupt() throws InterruptedException, IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
    return awaitExit();
  }

  /// SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private boolean says(String text, int times) {
    return lines.stream().filter(line -> line.contains(text)).count() >= times;
  }

  private void readAll() {
    try (BufferedReader out = process.inputReader()) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(" + e + ")");
    }
  }
}
