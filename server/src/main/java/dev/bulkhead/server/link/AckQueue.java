package dev.bulkhead.server.link;

import dev.bulkhead.protocol.telemetry.Ack;
import dev.bulkhead.protocol.telemetry.MetricsHeader;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages of one link that wait for the disk, in the order in which they came. An acknowledgement
/// covers all before it, so none is given while an older message waits. Not thread-safe.
final class AckQueue {
  /// How many may wait before the link is not read any further.
  static final int MAX_WAITING = 32;

  /// How many bytes may wait.
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private int bytes;

  /// One message.
  static final class Waiting {
    private final MetricsHeader header;
    private final int bytes;
    private boolean settled;

    private Waiting(MetricsHeader header, int bytes) {
      this.header = header;
      this.bytes = bytes;
    }
  }

  Waiting add(MetricsHeader header, int size) {
    final Waiting waiting = new Waiting(header, size);
    queue.add(waiting);
    bytes += size;
    return waiting;
  }

  boolean isFull() {
    return queue.size() >= MAX_WAITING || bytes >= MAX_BYTES;
  }

  /// Settles a message.
  ///
  /// @return what may be acknowledged now; empty when an older one waits, or this one was settled
  Optional<Ack> settle(Waiting waiting) {
    if (waiting.settled) {
      return Optional.empty();
    }
    waiting.settled = true;
    @Nullable MetricsHeader last = null;
    while (!queue.isEmpty() && queue.element().settled) {
      final Waiting head = queue.remove();
      bytes -= head.bytes;
      last = head.header;
    }
    return Optional.ofNullable(last).map(header -> new Ack(header.epoch(), header.sequence()));
  }
}
