package dev.bulkhead.server.link;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/// How fast one link is read: 50 messages and 4 MiB a second, with a little in hand for a spool
/// that catches up. A faster client is not refused, it waits.
final class LinkPace {
  private static final int MESSAGES = 50;
  private static final int MESSAGES_BURST = 200;
  private static final long BYTES = 4L * 1024 * 1024;
  private static final long BYTES_BURST = 2 * BYTES;
  private static final int DESCRIPTIONS = 6;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Bucket messages =
      Bucket.builder()
          .addLimit(limit -> limit.capacity(MESSAGES_BURST).refillGreedy(MESSAGES, SECOND))
          .build();
  private final Bucket descriptions =
      Bucket.builder()
          .addLimit(
              limit ->
                  limit.capacity(DESCRIPTIONS).refillGreedy(DESCRIPTIONS, Duration.ofMinutes(1)))
          .build();
  private final Bucket bytes =
      Bucket.builder()
          .addLimit(limit -> limit.capacity(BYTES_BURST).refillGreedy(BYTES, SECOND))
          .build();

  /// Whether one more description is worth a look at the database.
  boolean mayDescribe() {
    return descriptions.tryConsume(1);
  }

  /// Counts a message that was read.
  ///
  /// @return nanoseconds to wait before the next one is
  long take(int size) {
    return Math.max(
        messages.consumeIgnoringRateLimits(1), bytes.consumeIgnoringRateLimits(Math.max(1, size)));
  }
}
