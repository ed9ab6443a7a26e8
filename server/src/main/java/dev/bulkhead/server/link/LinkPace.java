package dev.bulkhead.server.link;

import java.time.Duration;

/// How fast one link is read: 50 messages and 4 MiB a second, with a little in hand for a spool
/// that catches up. A faster client is not refused, it waits. Thread-safe.
final class LinkPace {
  private static final int MESSAGES = 50;
  private static final int MESSAGES_BURST = 200;
  private static final long BYTES = 4L * 1024 * 1024;
  private static final long BYTES_BURST = 2 * BYTES;
  private static final int DESCRIPTIONS_A_MINUTE = 6;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Flow messages = new Flow(MESSAGES / (double) SECOND, MESSAGES_BURST);
  private final Flow bytes = new Flow(BYTES / (double) SECOND, BYTES_BURST);
  private final Flow descriptions =
      new Flow(DESCRIPTIONS_A_MINUTE / (60.0 * SECOND), DESCRIPTIONS_A_MINUTE);

  /// Whether one more description is worth a look at the database.
  boolean mayDescribe() {
    return descriptions.takeIfThere(1);
  }

  /// Counts a message that was read.
  ///
  /// @return nanoseconds to wait before the next one is
  long take(int size) {
    return Math.max(messages.take(1), bytes.take(Math.max(1, size)));
  }

  /// A bucket that may be overdrawn.
  private static final class Flow {
    private final double perNano;
    private final double most;
    private double content;
    private long last = System.nanoTime();

    Flow(double perNano, double most) {
      this.perNano = perNano;
      this.most = most;
      content = most;
    }

    /// Takes so much, and answers how long it takes until that is paid back.
    synchronized long take(double amount) {
      refill();
      content -= amount;
      return content >= 0 ? 0 : (long) Math.ceil(-content / perNano);
    }

    synchronized boolean takeIfThere(double amount) {
      refill();
      if (content < amount) {
        return false;
      }
      content -= amount;
      return true;
    }

    private void refill() {
      final long now = System.nanoTime();
      content = Math.min(most, content + (now - last) * perNano);
      last = now;
    }
  }
}
