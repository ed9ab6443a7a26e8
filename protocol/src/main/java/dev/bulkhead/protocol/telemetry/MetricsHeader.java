package dev.bulkhead.protocol.telemetry;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The first 16 bytes of a `metrics` message: sequence 8, epoch 8, both big-endian.
///
/// @param sequence ascends from 1 within the epoch; a gap means nothing (an agent skips ahead
///     after an unclean end, so that no sequence is ever used twice)
/// @param epoch random, one per spool: a spool that was lost begins another
public record MetricsHeader(long sequence, long epoch) {

  /// Length in bytes.
  public static final int LENGTH = 16;

  /// Checks the sequence.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public MetricsHeader {
    if (sequence < 1) {
      throw new IllegalArgumentException("a spool sequence begins at 1");
    }
  }

  /// Reads the header at the start of `data`; empty when it is too short or has no valid sequence.
  public static Optional<MetricsHeader> parse(byte[] data) {
    if (data.length < LENGTH) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    long sequence = in.getLong();
    return sequence < 1 ? Optional.empty() : Optional.of(new MetricsHeader(sequence, in.getLong()));
  }

  /// Writes the header.
  public void writeTo(ByteBuffer out) {
    out.putLong(sequence).putLong(epoch);
  }
}
