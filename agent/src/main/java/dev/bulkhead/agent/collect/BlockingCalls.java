package dev.bulkhead.agent.collect;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls what may hang in the kernel, on a thread that can be left behind.
///
/// One thread does all calls until one of them hangs; then another takes its place, and the old one
/// ends when its call returns. For one caller at a time.
final class BlockingCalls {

  private static final long STACK = 256 * 1024;

  private final String name;
  private ExecutorService executor;

  BlockingCalls(String name) {
    this.name = name;
    this.executor = newExecutor();
  }

  /// The result; empty when it did not come in time or the call failed.
  <T> Optional<T> call(Callable<T> task, Duration patience) {
    Future<T> future = executor.submit(task);
    try {
      return Optional.of(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      executor.shutdown();
      executor = newExecutor();
      return Optional.empty();
    } catch (ExecutionException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private ExecutorService newExecutor() {
    return Executors.newSingleThreadExecutor(
        task -> Thread.ofPlatform().daemon().name(name).stackSize(STACK).unstarted(task));
  }
}
