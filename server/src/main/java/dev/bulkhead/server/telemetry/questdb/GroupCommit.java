package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Receipt;
import dev.bulkhead.server.telemetry.TelemetryFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// The one writer: gathers what arrives for a moment, commits it once, then acknowledges each
/// message in the order of arrival. Synchronous commits cost about the same for one row as for
/// thousands, hence the gathering.
final class GroupCommit implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(2);

  private final QuestDbSettings settings;
  private final SampleWriter writer;
  private final FreeSpace space;
  private final Runnable maintenance;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Semaphore room;
  // Acknowledging runs others' code, which must not hold up the next commit.
  private final ExecutorService acknowledgements =
      Executors.newSingleThreadExecutor(
          Thread.ofVirtual().name("telemetry-acknowledgements").factory());
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean writable = true;

  GroupCommit(
      QuestDbSettings settings, SampleWriter writer, FreeSpace space, Runnable maintenance) {
    this.settings = settings;
    this.writer = writer;
    this.space = space;
    this.maintenance = maintenance;
    this.room = new Semaphore(settings.rowsWaiting(), true);
    this.thread = Thread.ofPlatform().name("telemetry-writer").daemon().start(this::run);
  }

  boolean isWritable() {
    return writable;
  }

  int waitingRows() {
    return settings.rowsWaiting() - room.availablePermits();
  }

  CompletableFuture<Receipt> append(Pending pending) {
    try {
      if (!room.tryAcquire(pending.rows(), settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TelemetryFailure.Busy("%d rows wait to be committed".formatted(waitingRows()));
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new TelemetryFailure.Busy("interrupted while waiting for room");
    }
    synchronized (queue) {
      if (closing) {
        room.release(pending.rows());
        throw new TelemetryFailure.Closed();
      }
      queue.add(pending);
    }
    return pending.acknowledgement();
  }

  private void run() {
    try {
      var maintainAt = System.nanoTime() + TICK.toNanos();
      while (true) {
        var first = queue.poll(TICK.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
          commit(gather(first));
        } else if (closing) {
          return;
        }
        if (System.nanoTime() - maintainAt >= 0) {
          maintenance.run();
          maintainAt = System.nanoTime() + TICK.toNanos();
        }
      }
    } catch (InterruptedException closed) {
      // Only close() interrupts, once the queue has been emptied.
      Thread.currentThread().interrupt();
    }
  }

  private List<Pending> gather(Pending first) throws InterruptedException {
    var group = new ArrayList<Pending>();
    group.add(first);
    var rows = first.rows();
    var until = System.nanoTime() + settings.gather().toNanos();
    while (rows < settings.rowsPerCommit()) {
      var left = closing ? 0 : until - System.nanoTime();
      var next = queue.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      group.add(next);
      rows += next.rows();
    }
    return group;
  }

  // Every type of failure: the writer's thread must outlive them, and senders must be told.
  private void commit(List<Pending> group) {
    try {
      space.require();
      var receipts = writer.commit(group);
      writable = true;
      finish(group, i -> group.get(i).acknowledgement().complete(receipts.get(i)));
    } catch (RuntimeException | Error failure) {
      writable = false;
      var told = Engine.translate(failure);
      finish(group, i -> group.get(i).acknowledgement().completeExceptionally(told));
    }
  }

  private void finish(List<Pending> group, IntConsumer acknowledge) {
    room.release(group.stream().mapToInt(Pending::rows).sum());
    acknowledgements.execute(
        () -> {
          for (var i = 0; i < group.size(); i++) {
            acknowledge.accept(i);
          }
        });
  }

  /// Commits what waits, acknowledges it, and ends the thread.
  @Override
  public void close() {
    synchronized (queue) {
      closing = true;
    }
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException interruption) {
        interrupted = true;
      }
    }
    acknowledgements.close();
    writer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
