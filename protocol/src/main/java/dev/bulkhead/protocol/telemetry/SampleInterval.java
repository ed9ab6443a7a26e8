package dev.bulkhead.protocol.telemetry;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// An `interval` message: how far apart samples are to be, in milliseconds, 4 bytes big-endian.
///
/// The server repeats `FAST` while somebody watches: an agent goes back to `NORMAL` by itself
/// [#FAST_LASTS] after the last one, so that a lost message cannot leave it fast.
public enum SampleInterval {
  FAST(Duration.ofSeconds(1)),
  NORMAL(Duration.ofSeconds(10));

  /// How long `FAST` holds without another message.
  public static final Duration FAST_LASTS = Duration.ofSeconds(30);

  private final Duration duration;

  SampleInterval(Duration duration) {
    this.duration = duration;
  }

  /// The time between two samples.
  public Duration duration() {
    return duration;
  }

  /// Reads exactly 4 bytes; empty for any other length or value.
  public static Optional<SampleInterval> parse(byte[] data) {
    if (data.length != 4) {
      return Optional.empty();
    }
    return switch (ByteBuffer.wrap(data).getInt()) {
      case 1_000 -> Optional.of(FAST);
      case 10_000 -> Optional.of(NORMAL);
      default -> Optional.empty();
    };
  }

  /// The 4 bytes.
  public byte[] encode() {
    return ByteBuffer.allocate(4).putInt((int) duration.toMillis()).array();
  }
}
