package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KeeperTest {

  private final StringWriter said = new StringWriter();
  private final Announcer announcer = new Announcer(new PrintWriter(said));

  @Test
  void starts_again_whatever_a_start_failed_with() throws InterruptedException {
    var child =
        new Failing(
            new CommandFailure("No space.\nSee the log."),
            new UncheckedIOException(new IOException("gone")));
    var keeper = new Keeper(child, new Random(7), announcer, () -> {});

    keeper.keepFromNow();

    assertThat(child.started.await(10, TimeUnit.SECONDS)).isTrue();
    keeper.stop();
    assertThat(said.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("child did not start: No space.; next start in "))
        .anyMatch(line -> line.contains("UncheckedIOException: java.io.IOException: gone; next"));
  }

  @Test
  void repeats_what_follows_a_restart_when_it_failed() throws InterruptedException {
    var child = new Failing();
    child.lives.set(1);
    var tries = new AtomicInteger();
    var followed = new CountDownLatch(1);
    var keeper =
        new Keeper(
            child,
            new Random(7),
            announcer,
            () -> {
              if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("once");
              }
              followed.countDown();
            });

    keeper.startThenKeep();

    assertThat(followed.await(10, TimeUnit.SECONDS)).isTrue();
    keeper.stop();
    assertThat(said.toString()).contains("child is up, but what follows failed", "once");
  }

  /// Fails to start with each of these in turn, then starts; ends at once as often as told, then
  /// lives on.
  private static final class Failing implements Child {

    private final Deque<RuntimeException> failures;
    private final AtomicInteger lives = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);

    Failing(RuntimeException... failures) {
      this.failures = new ArrayDeque<>(List.of(failures));
    }

    @Override
    public String name() {
      return "child";
    }

    @Override
    public void start() {
      if (!failures.isEmpty()) {
        throw failures.pop();
      }
      started.countDown();
    }

    @Override
    public String awaitEnd() throws InterruptedException {
      if (lives.getAndDecrement() <= 0) {
        new CountDownLatch(1).await();
      }
      return "exit 1";
    }

    @Override
    public void stop() {}
  }
}
