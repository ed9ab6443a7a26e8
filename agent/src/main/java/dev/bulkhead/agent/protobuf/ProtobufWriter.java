package dev.bulkhead.agent.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes protobuf back to front into one buffer that is used again and again.
///
/// A nested message's length precedes its content; written from the end, it is known by then, so
/// nothing is measured or copied twice. Fields therefore appear in the reverse order of the calls:
/// write a message's last field first, then close it with [#message(int, int)]. Not thread-safe.
public final class ProtobufWriter {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private byte[] buffer;
  private int start;

  /// A writer that begins with `capacity` bytes and grows as needed.
  public ProtobufWriter(int capacity) {
    buffer = new byte[capacity];
    start = capacity;
  }

  /// Forgets what was written and keeps the buffer.
  public void reset() {
    start = buffer.length;
  }

  /// How many bytes have been written.
  public int size() {
    return buffer.length - start;
  }

  /// A copy of what was written.
  public byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, start, buffer.length);
  }

  /// A mark to give to [#message(int, int)] once a nested message's fields are written.
  public int mark() {
    return size();
  }

  /// Closes the nested message whose fields were written since `mark`.
  public void message(int field, int mark) {
    int length = size() - mark;
    varint(length);
    tag(field, LENGTH_DELIMITED);
  }

  /// An unsigned integer field, also for enums and booleans.
  public void uint(int field, long value) {
    varint(value);
    tag(field, VARINT);
  }

  /// A fixed64 or sfixed64 field.
  public void fixed64(int field, long value) {
    reserve(8);
    start -= 8;
    for (int i = 0; i < 8; i++) {
      buffer[start + i] = (byte) (value >>> (8 * i));
    }
    tag(field, FIXED64);
  }

  /// A double field.
  public void float64(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  /// A bytes field.
  public void bytes(int field, byte[] value) {
    raw(value, 0, value.length);
    varint(value.length);
    tag(field, LENGTH_DELIMITED);
  }

  /// A string field, in UTF-8.
  public void string(int field, String value) {
    int length = value.length();
    reserve(length);
    int at = start;
    for (int i = length - 1; i >= 0; i--) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
        return;
      }
      buffer[--at] = (byte) c;
    }
    start = at;
    varint(length);
    tag(field, LENGTH_DELIMITED);
  }

  /// Bytes as they are, without tag or length.
  public void raw(byte[] value, int offset, int length) {
    reserve(length);
    start -= length;
    System.arraycopy(value, offset, buffer, start, length);
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    int length = 1;
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    reserve(length);
    start -= length;
    long rest = value;
    for (int i = 0; i < length - 1; i++) {
      buffer[start + i] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    buffer[start + length - 1] = (byte) rest;
  }

  private void reserve(int length) {
    if (start >= length) {
      return;
    }
    int size = size();
    byte[] larger = new byte[Math.addExact(Math.max(buffer.length * 2, 64), length)];
    System.arraycopy(buffer, start, larger, larger.length - size, size);
    start = larger.length - size;
    buffer = larger;
  }
}
