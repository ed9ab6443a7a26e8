package dev.bulkhead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The processes that belong to one state directory, as `/proc` shows them.
record StateProcesses(Path state) {
  static final String AGENT = "dev.bulkhead.agent.Main";
  static final String SERVER = "dev.bulkhead.server.Main";

  /// The running Java program of a main class.
  Optional<ProcessHandle> find(String mainClass) {
    return list().stream()
        .filter(process -> arguments(process).contains(mainClass))
        .filter(process -> arguments(process).getFirst().endsWith("java"))
        .findFirst();
  }

  /// PostgreSQL's first process, if its file names one that lives.
  Optional<ProcessHandle> findPostmaster() {
    try {
      final String pid =
          Files.readString(state.resolve("postgres/data/postmaster.pid"))
              .lines()
              .findFirst()
              .orElse("");
      return pid.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(pid.strip())).filter(this::isOurs);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /// All of them: by their command lines, or by where they work, as PostgreSQL's own children do.
  List<ProcessHandle> list() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(this::isOurs)
        .toList();
  }

  private boolean isOurs(ProcessHandle process) {
    return arguments(process).stream().anyMatch(argument -> argument.contains(state.toString()))
        || workingDirectory(process).startsWith(state);
  }

  static List<String> arguments(ProcessHandle process) {
    return List.of(read(process, "cmdline").split("\0", -1));
  }

  /// What stands in a file of a process under `/proc`; empty when it has ended.
  static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), file),
          java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static Path workingDirectory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
    } catch (IOException ended) {
      return Path.of("/nonexistent");
    }
  }

  /// The name of the user that a process runs as.
  static String user(ProcessHandle process) {
    try {
      return Files.getOwner(
              Path.of("/proc", Long.toString(process.pid())), LinkOption.NOFOLLOW_LINKS)
          .getName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a signal by its name, such as `STOP`.
  static void signal(ProcessHandle process, String name) {
    final Up.Finished sent =
        Up.run(
            java.util.Map.of(), Arrays.asList("sh", "-c", "kill -" + name + " " + process.pid()));
    if (sent.exitCode() != 0) {
      throw new AssertionError("kill -" + name + ": " + sent.output());
    }
  }

  static void kill(ProcessHandle process) {
    signal(process, "KILL");
    process.onExit().join();
  }
}
