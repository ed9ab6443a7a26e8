package dev.bulkhead.protocol;

import java.security.MessageDigest;

/// Bytes that must not be printed: its `toString` is `***`, so that no log can hold it by accident.
///
/// Immutable; comparison takes the same time wherever two secrets differ.
public final class Secret {

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Copies the bytes.
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /// How many bytes there are.
  public int length() {
    return bytes.length;
  }

  /// A copy of the bytes, for the one who may use them.
  public byte[] reveal() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /// The same for all secrets of one length, so that it tells nothing.
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "***";
  }
}
