package dev.bulkhead.agent.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of one protobuf message in order; what is not wanted is skipped.
///
/// Call [#next()] until it is 0, and after each field exactly one of the value methods. Never reads
/// beyond the bytes it was given, nor allocates more than their number. Not thread-safe.
public final class ProtobufReader {

  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;

  /// Reads the whole array.
  public ProtobufReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// Reads a part of the array.
  public ProtobufReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  /// The number of the next field, or 0 at the end.
  public int next() throws ProtobufFormatException {
    if (position == end) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 0x1fff_ffff) {
      throw new ProtobufFormatException("field number out of range");
    }
    return (int) field;
  }

  /// The value of a varint field.
  public long uint() throws ProtobufFormatException {
    expect(0);
    return varint();
  }

  /// The value of a bytes field.
  public byte[] bytes() throws ProtobufFormatException {
    int length = length();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /// The value of a string field; malformed UTF-8 becomes replacement characters.
  public String string() throws ProtobufFormatException {
    int length = length();
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  /// A reader of the nested message that is this field's value.
  public ProtobufReader message() throws ProtobufFormatException {
    int length = length();
    position += length;
    return new ProtobufReader(bytes, position - length, length);
  }

  /// Steps over this field's value.
  public void skip() throws ProtobufFormatException {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> advance(8);
      case 2 -> advance(length());
      case 5 -> advance(4);
      default -> throw new ProtobufFormatException("wire type " + wireType);
    }
  }

  private int length() throws ProtobufFormatException {
    expect(2);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new ProtobufFormatException("length beyond the end");
    }
    return (int) length;
  }

  private void advance(int count) throws ProtobufFormatException {
    if (count > end - position) {
      throw new ProtobufFormatException("cut short");
    }
    position += count;
  }

  private void expect(int type) throws ProtobufFormatException {
    if (wireType != type) {
      throw new ProtobufFormatException("wire type " + wireType + " instead of " + type);
    }
  }

  private long varint() throws ProtobufFormatException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == end) {
        throw new ProtobufFormatException("cut short");
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new ProtobufFormatException("varint of more than ten bytes");
  }
}
