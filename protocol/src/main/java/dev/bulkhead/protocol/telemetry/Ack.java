package dev.bulkhead.protocol.telemetry;

import java.nio.ByteBuffer;
import java.util.Optional;

/// An `ack` message: epoch 8, sequence 8, big-endian. Everything up to the sequence is durable.
///
/// @param epoch the spool's epoch that the sequence belongs to
/// @param sequence the highest durable one
public record Ack(long epoch, long sequence) {

  private static final int LENGTH = 16;

  /// Reads exactly 16 bytes; empty for any other length and for a negative sequence.
  public static Optional<Ack> parse(byte[] data) {
    if (data.length != LENGTH) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(data);
    Ack ack = new Ack(in.getLong(), in.getLong());
    return ack.sequence < 0 ? Optional.empty() : Optional.of(ack);
  }

  /// The 16 bytes.
  public byte[] encode() {
    return ByteBuffer.allocate(LENGTH).putLong(epoch).putLong(sequence).array();
  }
}
