package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the kernel says of one process at one moment.
///
/// @param takenNanos the monotonic clock
/// @param residentKib `VmRSS` of `/proc/PID/status`: pages shared with others count whole
/// @param proportionalKib `Pss` of `/proc/PID/smaps_rollup`: pages shared with others count by
///     their share
/// @param cpu user and system time of the process since its start, to 10 ms
/// @param threads how many it has
record ProcessFigures(
    long takenNanos, long residentKib, long proportionalKib, Duration cpu, int threads) {

  // USER_HZ, which is 100 on every Linux that Java runs on.
  private static final long MILLIS_PER_TICK = 10;

  /// Reads them.
  ///
  /// @throws IOException when there is no such process, or it is not ours to look at
  static ProcessFigures read(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(process.resolve("status"));
    String[] fields = statFields(Files.readString(process.resolve("stat")));
    return new ProcessFigures(
        System.nanoTime(),
        number(status, "VmRSS:"),
        number(Files.readString(process.resolve("smaps_rollup")), "Pss:"),
        ticks(fields, 11, 12),
        (int) number(status, "Threads:"));
  }

  /// Processor time of a process and of all below it, those included that ended and were waited
  /// for.
  static Duration cpuOfTree(ProcessHandle top) {
    try (Stream<ProcessHandle> below = top.descendants()) {
      return Stream.concat(Stream.of(top), below)
          .map(process -> cpuWithChildren(process.pid()))
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  private static Duration cpuWithChildren(long pid) {
    try {
      String[] fields = statFields(Files.readString(Path.of("/proc", pid + "", "stat")));
      return ticks(fields, 11, 14);
    } catch (IOException e) {
      // It ended meanwhile; whoever waited for it has counted it.
      return Duration.ZERO;
    }
  }

  // The name, in parentheses, may hold anything; what follows is numbers alone.
  private static String[] statFields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static Duration ticks(String[] fields, int first, int last) {
    return Duration.ofMillis(
        MILLIS_PER_TICK
            * IntStream.rangeClosed(first, last).mapToLong(i -> Long.parseLong(fields[i])).sum());
  }

  /// Share of one core that was used since `before`, 1 being all of it.
  double cpuShareSince(ProcessFigures before) {
    return (double) cpu.minus(before.cpu).toNanos() / (takenNanos - before.takenNanos);
  }

  private static long number(String text, String name) throws IOException {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + name));
  }
}
