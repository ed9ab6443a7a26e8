package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/// When and on what a measurement was taken.
///
/// @param time to the second
/// @param commit abbreviated; with `+` when files were changed since
/// @param processors how many there are
/// @param model what the processor calls itself
/// @param memoryMib all of it
/// @param kernel its release
/// @param java the version that ran
/// @param load the load averages at the end of the measurement
record Machine(
    Instant time,
    String commit,
    int processors,
    String model,
    long memoryMib,
    String kernel,
    String java,
    String load) {

  static Machine read(Path clone) {
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        commit(clone),
        Runtime.getRuntime().availableProcessors(),
        field(Path.of("/proc/cpuinfo"), "model name"),
        kib(field(Path.of("/proc/meminfo"), "MemTotal")) / 1024,
        text(Path.of("/proc/sys/kernel/osrelease")),
        System.getProperty("java.vm.version", "unknown"),
        text(Path.of("/proc/loadavg")).replaceAll("^(\\S+ \\S+ \\S+).*", "$1"));
  }

  String toMarkdown() {
    return "%s · commit %s · %d cores of %s · %d MiB · Linux %s · Java %s · load averages at the end %s"
        .formatted(time, commit, processors, model, memoryMib, kernel, java, load);
  }

  private static String commit(Path clone) {
    String head = output(clone, "git", "rev-parse", "--short", "HEAD");
    boolean changed =
        !output(clone, "git", "status", "--porcelain", "--untracked-files=no").isEmpty();
    return head.isEmpty() ? "unknown" : head + (changed ? "+" : "");
  }

  private static String output(Path directory, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "";
    } catch (IOException e) {
      // A clone without git has no commit to tell.
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String field(Path file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static long kib(String field) {
    String digits = field.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      // Only Linux has these; the row says so.
      return "unknown";
    }
  }
}
