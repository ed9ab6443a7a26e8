package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Keeps one child running: waits until it ends, waits a little more, starts it again.
final class Keeper {

  /// What else is to be done when the child is ready again; repeated until it does not fail.
  @FunctionalInterface
  interface AfterRestart {
    void run() throws InterruptedException;
  }

  private final Child child;
  private final Backoff backoff;
  private final Announcer announcer;
  private final AfterRestart afterRestart;
  private final Thread thread;
  private boolean startedBefore = true;

  Keeper(Child child, RandomGenerator random, Announcer announcer, AfterRestart afterRestart) {
    this.child = child;
    this.backoff = new Backoff(random);
    this.announcer = announcer;
    this.afterRestart = afterRestart;
    this.thread = Thread.ofVirtual().name(child.name()).unstarted(this::keepUntilInterrupted);
  }

  /// Starts the child and, once it is ready, keeps it.
  ///
  /// @throws CommandFailure when this first start fails
  void startThenKeep() throws InterruptedException {
    child.start();
    thread.start();
  }

  /// Starts the child without waiting for it; a first start that fails is tried again like any
  /// other.
  void keepFromNow() {
    startedBefore = false;
    thread.start();
  }

  /// Stops keeping, then stops the child.
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    child.stop();
  }

  private void keepUntilInterrupted() {
    try {
      if (!startedBefore) {
        startUntilReady();
      }
      while (true) {
        var life = Stopwatch.start();
        String end = "ended (" + child.awaitEnd() + ")";
        pause(end, life.elapsed());
        startUntilReady();
        repeatUntilDone("is up, but what follows failed", afterRestart);
      }
    } catch (InterruptedException e) {
      // The supervisor stops, and stops the child next.
      Thread.currentThread().interrupt();
    }
  }

  private void startUntilReady() throws InterruptedException {
    repeatUntilDone("did not start", child::start);
  }

  private void repeatUntilDone(String failure, AfterRestart step) throws InterruptedException {
    while (true) {
      try {
        step.run();
        return;
      } catch (RuntimeException e) {
        // Whatever it is, even a defect of ours: nobody else would ever start the child again.
        pause(failure + ": " + firstLine(e), Duration.ZERO);
      }
    }
  }

  /// Says what happened and where the log is; the rest would come every time.
  private static String firstLine(RuntimeException e) {
    String message = e instanceof CommandFailure ? String.valueOf(e.getMessage()) : e.toString();
    return message.lines().findFirst().orElse("");
  }

  private void pause(String why, Duration lived) throws InterruptedException {
    Duration wait = backoff.next(lived);
    announcer.say(
        String.format(
            Locale.ROOT, "%s %s; next start in %.1f s", child.name(), why, wait.toMillis() / 1e3));
    Thread.sleep(wait);
  }
}
