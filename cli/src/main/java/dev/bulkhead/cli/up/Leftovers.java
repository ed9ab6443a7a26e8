package dev.bulkhead.cli.up;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Processes that a killed supervisor left behind, found by their command lines.
final class Leftovers {

  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private Leftovers() {}

  /// Waits for those with all these arguments that are ending by themselves, and kills the ones
  /// that are not.
  static void awaitEnd(List<String> arguments, long uid, Duration patience)
      throws InterruptedException {
    List<ProcessHandle> found = find(arguments, uid);
    if (!allEnd(found, patience)) {
      kill(arguments, uid);
    }
  }

  static void kill(List<String> arguments, long uid) throws InterruptedException {
    List<ProcessHandle> found = find(arguments, uid);
    found.forEach(ProcessHandle::destroyForcibly);
    allEnd(found, AFTER_KILL);
  }

  private static boolean allEnd(List<ProcessHandle> processes, Duration patience)
      throws InterruptedException {
    try {
      CompletableFuture.allOf(
              processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ProcessHandle> find(List<String> arguments, long uid) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> Platform.commandLine(process.pid(), uid).containsAll(arguments))
        .toList();
  }
}
