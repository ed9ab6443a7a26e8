package dev.bulkhead.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The bytes of a segment: `BHSP` ‖ version 1 ‖ epoch 8 ‖ CRC32C 4, then records of length 4 ‖
/// CRC32C 4 (of all that follows) ‖ sequence 8 ‖ sample. Big-endian.
final class SegmentFormat {

  static final int HEADER = 17;
  static final int RECORD_HEADER = 16;
  static final int MAX_RECORD = 1 << 20;
  private static final int MAGIC = 0x42485350;
  private static final byte VERSION = 1;

  private SegmentFormat() {}

  static ByteBuffer header(long epoch) {
    ByteBuffer out = ByteBuffer.allocate(HEADER).putInt(MAGIC).put(VERSION).putLong(epoch);
    out.putInt(crc(out, 0, 13));
    return out.flip();
  }

  /// The epoch of a segment, or null when it has no whole header.
  static @Nullable Long readEpoch(FileChannel channel) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(HEADER);
    if (!readFully(channel, in, 0) || in.getInt(13) != crc(in, 0, 13)) {
      return null;
    }
    return in.getInt(0) == MAGIC && in.get(4) == VERSION ? in.getLong(5) : null;
  }

  static void putRecord(ByteBuffer out, long sequence, byte[] data) {
    int begin = out.position();
    out.putInt(data.length).putInt(0).putLong(sequence).put(data);
    out.putInt(begin + 4, crc(out, begin + 8, 8 + data.length));
  }

  /// The record at a position, or null when there is no whole and unchanged one.
  static @Nullable SpoolRecord readRecord(FileChannel channel, long position) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(RECORD_HEADER);
    if (!readFully(channel, head, position)) {
      return null;
    }
    int length = head.getInt(0);
    if (length < 0 || length > MAX_RECORD) {
      return null;
    }
    byte[] data = new byte[length];
    if (!readFully(channel, ByteBuffer.wrap(data), position + RECORD_HEADER)) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(head.slice(8, 8));
    crc.update(data);
    return head.getInt(4) == (int) crc.getValue() ? new SpoolRecord(head.getLong(8), data) : null;
  }

  private static int crc(ByteBuffer bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(from, length));
    return (int) crc.getValue();
  }

  private static boolean readFully(FileChannel channel, ByteBuffer in, long position)
      throws IOException {
    long at = position;
    while (in.hasRemaining()) {
      int count = channel.read(in, at);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    return true;
  }
}
