package dev.bulkhead.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// A running `bulkhead up` with a state directory of its own.
final class Up implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Path DIST =
      Path.of(Objects.requireNonNull(System.getProperty("bulkhead.dist")));
  private static final Pattern CODE = Pattern.compile("setup code:\\s+(\\S+)");

  private final Path state;
  private final int port;
  private Process process;

  private Up(Path state, int port) {
    this.state = state;
    this.port = port;
    process = launch();
  }

  static Up start() {
    try {
      return new Up(Files.createTempDirectory("bulkhead-e2e"), freePort()).awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends the supervisor alone as `kill -9` does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// Starts it again on the same state.
  Up restart() {
    process = launch();
    return awaitReady();
  }

  String url() {
    return "http://localhost:" + port;
  }

  Path state() {
    return state;
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The code, which is printed soon after the address.
  String setupCode() {
    return Awaitility.await("a setup code")
        .atMost(PATIENCE)
        .until(() -> CODE.matcher(output()).results().findFirst(), Optional::isPresent)
        .orElseThrow()
        .group(1);
  }

  /// Runs a program of the distribution to its end and answers with its exit code and output.
  static Finished run(Map<String, String> environment, List<String> command) {
    return run(environment, command, "");
  }

  /// The same for a program that reads its standard input.
  static Finished run(Map<String, String> environment, List<String> command, String input) {
    try {
      final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      final Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException unread) {
        // It ended without reading, and says why in its output.
        System.out.println("not read: " + unread.getMessage());
      }
      final String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  record Finished(int exitCode, String output) {}

  /// The command line of a subcommand of the operator's program.
  static List<String> cli(String... arguments) {
    final List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                DIST + "/cli/*",
                "-Dbulkhead.home=" + DIST,
                "dev.bulkhead.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /// The command line of the agent.
  static List<String> agent(String... arguments) {
    final List<String> command =
        new ArrayList<>(
            List.of(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                DIST + "/agent/*",
                "dev.bulkhead.agent.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Process launch() {
    try {
      final ProcessBuilder builder =
          new ProcessBuilder(
              cli("up", "--state", state.toString(), "--port", Integer.toString(port)));
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(log().toFile()));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return state.resolveSibling(state.getFileName() + ".log");
  }

  private Up awaitReady() {
    Awaitility.await("bulkhead up is ready")
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("bulkhead up ended:\n" + output());
              }
              return output().contains("Bulkhead:")
                  && output().contains("http://localhost:" + port);
            });
    return this;
  }

  static int freePort() throws IOException {
    // Below the ephemeral ports, where nobody else's connection can be.
    for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 5_000); ; port += 7) {
      try (ServerSocket ui = new ServerSocket(port);
          ServerSocket link = new ServerSocket(port + 1)) {
        return Math.min(ui.getLocalPort(), link.getLocalPort());
      } catch (java.net.BindException taken) {
        // The next one, then.
      }
    }
  }

  /// Stops it as a person does, with SIGTERM.
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("bulkhead up did not stop:\n" + output());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
