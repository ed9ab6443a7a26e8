package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A program that is run to its end, in an environment of ours alone.
///
/// It runs in a session of its own: it can neither type into the terminal of whoever started us nor
/// get that terminal's Ctrl-C, and whatever it leaves behind can be found.
///
/// @param command the program and its arguments; nothing secret, for every user can read them
/// @param input what it reads from its standard input, then end of file
/// @param limit how long it may take, with all that writes to its output; it is killed afterwards
record ShortCommand(List<String> command, String input, Duration limit) {

  private static final int MOST_OUTPUT = 256 * 1024;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]");
  private static final int CHUNK = 8 * 1024;
  private static final int KILLED = 137;
  private static final Duration AFTER_KILL = Duration.ofSeconds(2);
  private static final int SWEEPS = 5;

  /// How it went.
  ///
  /// @param exit its exit status; 137 when it was killed at its limit
  /// @param output what it wrote until then, errors included, at most 256 KiB
  record Outcome(int exit, String output) {
    boolean isDone() {
      return exit == 0;
    }

    /// The output as it may be shown at a terminal: without characters that could move the cursor,
    /// hide text or reorder it. A service's user may have written it.
    String printable() {
      return UNPRINTABLE.matcher(output).replaceAll("");
    }
  }

  static ShortCommand of(List<String> command) {
    return new ShortCommand(command, "", Duration.ofSeconds(20));
  }

  ShortCommand withInput(String text) {
    return new ShortCommand(command, text, limit);
  }

  ShortCommand within(Duration most) {
    return new ShortCommand(command, input, most);
  }

  /// Leaves the input out: it may be a secret.
  @Override
  public String toString() {
    return "ShortCommand" + command;
  }

  /// Runs it. When it reaches its limit, or the thread is interrupted, what is left of its session
  /// is killed; a program that made a session of its own, such as PostgreSQL, lives on.
  ///
  /// @throws CommandFailure when the program cannot be started
  Outcome run() throws InterruptedException {
    var watch = Stopwatch.start();
    Process process = start();
    var output = new Output();
    Thread.startVirtualThread(() -> feed(process));
    Thread.startVirtualThread(() -> output.readAll(process));
    boolean ended = false;
    boolean drained = false;
    try {
      ended = process.waitFor(left(watch), TimeUnit.MILLISECONDS);
      drained = ended && output.awaitEnd(left(watch));
    } finally {
      if (!drained) {
        killSession(process);
      }
    }
    if (!drained) {
      // Most often it now ends; somebody in another session may still hold it open.
      output.awaitEnd(AFTER_KILL.toMillis());
    }
    int exit = ended ? process.exitValue() : KILLED;
    process.destroyForcibly();
    return new Outcome(exit, output.text());
  }

  private Process start() {
    List<String> all = new ArrayList<>(List.of("setsid", "-w"));
    all.addAll(command);
    var builder =
        new ProcessBuilder(all).redirectErrorStream(true).directory(Path.of("/").toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "TZ"));
    builder.environment().putAll(Map.of("LC_ALL", "C"));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandFailure(
          "Could not start `" + command.getFirst() + "`: " + e.getMessage(), e);
    }
  }

  private long left(Stopwatch watch) {
    return Math.max(0, limit.minus(watch.elapsed()).toMillis());
  }

  /// Kills by handles: `Process.destroyForcibly` would close the output that is still being read.
  private static void killSession(Process process) {
    process.toHandle().destroyForcibly();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      List<ProcessHandle> members =
          ProcessHandle.allProcesses()
              .filter(member -> Platform.isInSession(member.pid(), process.pid()))
              .toList();
      if (members.isEmpty()) {
        return;
      }
      members.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private void feed(Process process) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all: its exit status and its output say why.
      return;
    }
  }

  /// What a program has written so far.
  private static final class Output {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    void readAll(Process process) {
      try (InputStream stdout = process.getInputStream()) {
        var chunk = new byte[CHUNK];
        for (int read = stdout.read(chunk); read >= 0; read = stdout.read(chunk)) {
          kept.write(chunk, 0, Math.min(read, MOST_OUTPUT - kept.size()));
        }
      } catch (IOException e) {
        // It was closed under us, at the limit: what came before it counts.
        return;
      } finally {
        ended.countDown();
      }
    }

    boolean awaitEnd(long millis) throws InterruptedException {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
