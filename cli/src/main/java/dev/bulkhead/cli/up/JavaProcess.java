package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Java program of ours that runs beside the supervisor and ends with it: its standard input is a
/// pipe on which nothing ever comes, and which closes with the supervisor, however that ends.
final class JavaProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // The child's user opens the log, not the supervisor; 10 MB, and one older file.
  private static final String INTO_LOG =
      """
      umask 077
      unset PWD OLDPWD
      log=$1; shift
      if [ -f "$log" ] && [ "$(wc -c < "$log")" -gt 10485760 ]; then mv -f "$log" "$log.1"; fi
      exec "$@" >> "$log" 2>&1
      """;

  private final Process process;

  private JavaProcess(Process process) {
    this.process = process;
  }

  /// Starts one.
  ///
  /// @param command Java, its flags, the main class, its arguments
  /// @param environment all of its environment
  static JavaProcess start(
      Account account, List<String> command, Map<String, String> environment, Path log) {
    // A session of its own: Ctrl-C reaches the supervisor alone, which then stops all in order.
    List<String> all = new ArrayList<>(List.of("setsid"));
    List<String> logged = new ArrayList<>(List.of("sh", "-c", INTO_LOG, "sh", log.toString()));
    logged.addAll(command);
    all.addAll(account.as(logged));
    var builder =
        new ProcessBuilder(all)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(builder.start());
    } catch (IOException e) {
      throw new CommandFailure("Could not start `" + all.getFirst() + "`: " + e.getMessage(), e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String awaitEnd() throws InterruptedException {
    return "exit " + process.waitFor();
  }

  /// Asks it to end; kills it after 20 s.
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
