package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What `up` needs of the machine it runs on.
final class Platform {

  private Platform() {}

  /// @throws CommandFailure when the embedded PostgreSQL has no binaries for this machine
  static void requireSupported() {
    String system = System.getProperty("os.name");
    String architecture = System.getProperty("os.arch");
    if (!system.equals("Linux")
        || !List.of("amd64", "x86_64").contains(architecture.toLowerCase(Locale.ROOT))) {
      throw new CommandFailure(
          "The embedded PostgreSQL runs on Linux with x86-64, and this is "
              + system
              + " on "
              + architecture
              + ".\nRun `bulkhead up` on such a machine; agents run elsewhere too.");
    }
    requireTool("setsid");
    if (isRoot()) {
      requireTool("setpriv");
    }
  }

  static boolean isRoot() {
    return uid(Path.of("/proc", Long.toString(ProcessHandle.current().pid()))) == 0;
  }

  /// The numeric id of a file's owner; for `/proc/PID`, of the process's user. Links are not
  /// followed.
  ///
  /// @throws UncheckedIOException when it is not there
  static long uid(Path file) {
    try {
      return ((Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
          & 0xffff_ffffL;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The command line of a process, if it runs as this user; empty if not, or if it has ended.
  static List<String> commandLine(long pid, long uid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String line = Files.readString(process.resolve("cmdline"));
      return uid(process) == uid ? List.of(line.split("\0", -1)) : List.of();
    } catch (IOException | UncheckedIOException e) {
      // It ended while we looked.
      return List.of();
    }
  }

  /// Whether a process lives and belongs to the session that `leader` began.
  static boolean isInSession(long pid, long leader) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // After the program's name, which may hold anything: state, parent, group, session.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return !fields[0].equals("Z") && fields[3].equals(Long.toString(leader));
    } catch (IOException e) {
      // It ended while we looked.
      return false;
    }
  }

  private static void requireTool(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(":", -1)) {
      if (Files.isExecutable(Path.of(directory.isEmpty() ? "." : directory, name))) {
        return;
      }
    }
    throw new CommandFailure(
        "The program `" + name + "` is not on the PATH.\nInstall it: apt-get install util-linux");
  }
}
