package dev.bulkhead.server.telemetry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Passes what hosts send to whoever watches them. Publishing never waits: a subscriber that does
/// not keep up loses the oldest batches and is told how many. Thread-safe.
public final class LiveSamples {
  /// How many batches wait for one subscriber.
  public static final int WAITING = 64;

  private final Map<Topic, Set<Subscription>> subscriptions = new ConcurrentHashMap<>();

  private record Topic(UUID tenant, UUID host) {}

  /// What a subscriber receives.
  public sealed interface Event {
    /// The host sent this.
    record Arrived(Batch batch) implements Event {}

    /// So many batches before the next one were lost to this subscriber.
    record Missed(int batches) implements Event {}
  }

  /// Begins to watch a host; the caller closes what it gets.
  public Subscription subscribe(UUID tenant, UUID host) {
    var subscription = new Subscription(new Topic(tenant, host));
    subscriptions.compute(
        subscription.topic,
        (_, present) -> {
          var all = present == null ? ConcurrentHashMap.<Subscription>newKeySet() : present;
          all.add(subscription);
          return all;
        });
    return subscription;
  }

  /// Whether anybody watches the host, which is then worth measuring every second.
  public boolean isWatched(UUID tenant, UUID host) {
    return subscriptions.containsKey(new Topic(tenant, host));
  }

  /// Passes on what a host sent.
  public void publish(UUID tenant, UUID host, Batch batch) {
    for (var subscription : subscriptions.getOrDefault(new Topic(tenant, host), Set.of())) {
      subscription.offer(batch);
    }
  }

  /// One watcher of one host. Thread-safe, meant for one reader.
  public final class Subscription implements AutoCloseable {
    private final Topic topic;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private int missed;
    private boolean closed;

    private Subscription(Topic topic) {
      this.topic = topic;
    }

    private void offer(Batch batch) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        if (waiting.size() == WAITING) {
          waiting.removeFirst();
          missed++;
        }
        waiting.addLast(batch);
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    /// Waits for the next event; empty when there was none in time, or the subscription is closed.
    public Optional<Event> take(Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        var left = patience.toNanos();
        while (waiting.isEmpty() && !closed && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (missed > 0) {
          var event = new Event.Missed(missed);
          missed = 0;
          return Optional.of(event);
        }
        return Optional.ofNullable(waiting.pollFirst()).map(Event.Arrived::new);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      subscriptions.computeIfPresent(
          topic,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
      lock.lock();
      try {
        closed = true;
        waiting.clear();
        missed = 0;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
