package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
  private static final int MILLIS_PER_TICK = 10;

  /// Reads them.
  ///
  /// @throws IOException when there is no such process, or it is not ours to look at
  static ProcessFigures read(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(process.resolve("status"));
    String stat = Files.readString(process.resolve("stat"));
    // The name, in parentheses, may hold anything; what follows is numbers alone.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return new ProcessFigures(
        System.nanoTime(),
        number(status, "VmRSS:"),
        number(Files.readString(process.resolve("smaps_rollup")), "Pss:"),
        Duration.ofMillis(ticks * MILLIS_PER_TICK),
        (int) number(status, "Threads:"));
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
