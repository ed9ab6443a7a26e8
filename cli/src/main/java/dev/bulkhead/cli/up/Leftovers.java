package dev.bulkhead.cli.up;

import java.time.Duration;
import java.util.List;

/// Processes that a killed supervisor left behind, found by their command lines.
final class Leftovers {

  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private Leftovers() {}

  /// Waits for those with all these arguments that are ending by themselves, and kills the ones
  /// that
  /// are not.
  static void awaitEnd(List<String> arguments, long uid, Duration patience)
      throws InterruptedException {
    if (!Condition.await(GLANCE, patience, () -> find(arguments, uid).isEmpty())) {
      kill(arguments, uid);
    }
  }

  static void kill(List<String> arguments, long uid) throws InterruptedException {
    find(arguments, uid).forEach(ProcessHandle::destroyForcibly);
    Condition.await(GLANCE, AFTER_KILL, () -> find(arguments, uid).isEmpty());
  }

  private static List<ProcessHandle> find(List<String> arguments, long uid) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> Platform.commandLine(process.pid(), uid).containsAll(arguments))
        .toList();
  }
}
