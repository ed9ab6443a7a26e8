package dev.bulkhead.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a data directory's `postmaster.pid` says.
///
/// @param pid the process that wrote it
/// @param port the port it listens on
/// @param sharedMemory the id of its System V segment, or -1 when the file does not say yet
/// @param ready whether it takes connections
record Postmaster(long pid, int port, int sharedMemory, boolean ready) {

  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int SHARED_MEMORY_LINE = 6;
  private static final int STATUS_LINE = 7;

  /// Reads the file's text; nothing when it is half written.
  static Optional<Postmaster> parse(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Postmaster(
              // A stand-alone backend writes its id as a negative number.
              Math.abs(Long.parseLong(lines.get(PID_LINE))),
              Integer.parseInt(lines.get(PORT_LINE)),
              sharedMemory(lines),
              lines.size() > STATUS_LINE && lines.get(STATUS_LINE).equals("ready")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int sharedMemory(List<String> lines) {
    if (lines.size() <= SHARED_MEMORY_LINE || lines.get(SHARED_MEMORY_LINE).isEmpty()) {
      return -1;
    }
    return Integer.parseInt(lines.get(SHARED_MEMORY_LINE).split("\\s+", -1)[1]);
  }

  /// Whether the process lives, is a PostgreSQL on this data directory, and runs as this user: its
  /// id alone could by now be anybody's. A zombie has no command line and does not count.
  boolean isAlive(Path data, long uid) {
    List<String> command = Platform.commandLine(pid, uid);
    int option = command.indexOf("-D");
    return option > 0
        && option + 1 < command.size()
        && command.getFirst().endsWith("/postgres")
        && command.get(option + 1).equals(data.toString());
  }

  /// Whether a process still uses its shared memory: its children outlive a killed postmaster for a
  /// moment.
  boolean isSharedMemoryInUse() {
    try (var lines = Files.lines(Path.of("/proc/sysvipc/shm"))) {
      return lines
          .skip(1)
          .map(line -> line.strip().split("\\s+", -1))
          .anyMatch(
              fields -> fields[1].equals(Integer.toString(sharedMemory)) && !fields[6].equals("0"));
    } catch (IOException e) {
      // Without the table, better to believe that it is.
      return true;
    }
  }
}
