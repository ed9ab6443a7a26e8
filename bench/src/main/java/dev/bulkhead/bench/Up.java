package dev.bulkhead.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A running `bulkhead up`, started by the launcher as a person starts it, and what it printed
/// when.
final class Up implements AutoCloseable {

  static final String SERVER = "dev.bulkhead.server.Main";
  static final String AGENT = "dev.bulkhead.agent.Main";

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofMinutes(2);

  private final Process process;
  private final int port;
  private final long startedNanos;
  private final List<Line> lines = new ArrayList<>();
  private boolean ended;

  /// A line of output, and when it came.
  record Line(long nanos, String text) {}

  private Up(Process process, int port, long startedNanos) {
    this.process = process;
    this.port = port;
    this.startedNanos = startedNanos;
    Thread.ofVirtual().name("output").start(this::readOutput);
  }

  /// Starts it.
  ///
  /// @param state an empty directory, or one of an earlier start
  static Up start(Programs programs, Path state, int port, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(programs.launcher(), "up", "--state", state.toString(), "--port", port + ""));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BULKHEAD_BUILD", "never");
    long now = System.nanoTime();
    return new Up(builder.start(), port, now);
  }

  /// A port that is free, and the next one too.
  static int freePort() throws IOException {
    // Below the ephemeral ports, where nobody else's connection can be.
    for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 5_000); ; port += 7) {
      try (ServerSocket ui = new ServerSocket(port);
          ServerSocket link = new ServerSocket(port + 1)) {
        return Math.min(ui.getLocalPort(), link.getLocalPort());
      } catch (java.net.BindException taken) {
        Progress.say("port " + port + " is taken");
      }
    }
  }

  int port() {
    return port;
  }

  long startedNanos() {
    return startedNanos;
  }

  private void readOutput() {
    try (BufferedReader reader =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(new Line(System.nanoTime(), line));
      }
    } catch (IOException e) {
      add(new Line(System.nanoTime(), "its output cannot be read: " + e));
    }
    synchronized (lines) {
      ended = true;
      lines.notifyAll();
    }
  }

  private void add(Line line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  /// Waits for a line that contains `text`, at or after the one numbered `from`.
  Line await(String text, int from) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lines) {
      for (int next = from; ; ) {
        while (next < lines.size()) {
          Line line = lines.get(next++);
          if (line.text().contains(text)) {
            return line;
          }
        }
        long rest = deadline - System.nanoTime();
        if (ended || rest <= 0) {
          throw new MeasurementFailure("`up` did not say '" + text + "': " + lines);
        }
        lines.wait(rest / 1_000_000 + 1);
      }
    }
  }

  Line await(String text) throws InterruptedException {
    return await(text, 0);
  }

  /// How many lines there are.
  int lineCount() {
    synchronized (lines) {
      return lines.size();
    }
  }

  String setupCode() throws InterruptedException {
    Matcher matcher = Pattern.compile("setup code:\\s+(\\S+)").matcher(await("setup code:").text());
    if (!matcher.find()) {
      throw new MeasurementFailure("no setup code was printed");
    }
    return matcher.group(1);
  }

  /// The Java process below it that runs this class.
  long pidOf(String mainClass) {
    try (Stream<ProcessHandle> below = process.descendants()) {
      return below
          .mapToLong(ProcessHandle::pid)
          .filter(pid -> isJava(pid, mainClass))
          .findFirst()
          .orElseThrow(() -> new MeasurementFailure("no process runs " + mainClass));
    }
  }

  /// Processor time of all that it started so far, but for PostgreSQL, which leaves its tree.
  Duration cpu() {
    return ProcessFigures.cpuOfTree(process.toHandle());
  }

  private static boolean isJava(long pid, String mainClass) {
    Path proc = Path.of("/proc", Long.toString(pid));
    try {
      return Files.readString(proc.resolve("comm")).strip().equals("java")
          && List.of(Files.readString(proc.resolve("cmdline")).split("\0", -1)).contains(mainClass);
    } catch (IOException gone) {
      // It ended meanwhile.
      return false;
    }
  }

  /// Stops it in order, and waits.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new MeasurementFailure("`up` did not stop");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
