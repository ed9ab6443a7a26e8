package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end, in an environment of ours alone.
///
/// @param command the program and its arguments; nothing secret, for every user can read them
/// @param input what it reads from its standard input, then end of file
/// @param limit how long it may take; it is killed afterwards
record ShortCommand(List<String> command, String input, Duration limit) {

  private static final int MOST_OUTPUT = 256 * 1024;

  /// How it went.
  ///
  /// @param exit its exit status; 137 when it was killed at its limit
  /// @param output what it wrote, errors included, at most 256 KiB
  record Outcome(int exit, String output) {
    boolean isDone() {
      return exit == 0;
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

  /// Runs it.
  ///
  /// @throws CommandFailure when the program cannot be started
  Outcome run() throws InterruptedException {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(Path.of("/").toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "TZ"));
    builder.environment().putAll(Map.of("LC_ALL", "C"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CommandFailure(
          "Could not start `" + command.getFirst() + "`: " + e.getMessage(), e);
    }
    var output = new CompletableFuture<String>();
    Thread.startVirtualThread(() -> readInto(output, process));
    try {
      feed(process);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      return new Outcome(process.waitFor(), output.join());
    } finally {
      process.destroyForcibly();
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

  private static void readInto(CompletableFuture<String> output, Process process) {
    try (InputStream stdout = process.getInputStream()) {
      byte[] kept = stdout.readNBytes(MOST_OUTPUT);
      stdout.transferTo(OutputStream.nullOutputStream());
      output.complete(new String(kept, StandardCharsets.UTF_8));
    } catch (IOException e) {
      output.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
