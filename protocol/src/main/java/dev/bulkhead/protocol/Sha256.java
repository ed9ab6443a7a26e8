package dev.bulkhead.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A SHA-256 value: 32 bytes that never change. It names a key, a certificate or a record.
///
/// Immutable and safe for any number of threads.
public final class Sha256 {

  /// Length in bytes.
  public static final int LENGTH = 32;

  /// Thirty-two zero bytes: "none yet".
  public static final Sha256 ZERO = new Sha256(new byte[LENGTH]);

  private final byte[] bytes;

  private Sha256(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Takes a digest that was computed elsewhere.
  ///
  /// @throws IllegalArgumentException unless there are exactly 32 bytes
  public static Sha256 of(byte[] digest) {
    if (digest.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 value has 32 bytes, not " + digest.length);
    }
    return new Sha256(digest.clone());
  }

  /// The digest of the parts, one after the other.
  public static Sha256 digest(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return new Sha256(digest.digest());
  }

  /// Reads 43 characters of base64url without padding.
  ///
  /// @throws IllegalArgumentException when it is anything else
  public static Sha256 parseBase64Url(String text) {
    return of(Base64.getUrlDecoder().decode(text));
  }

  /// A fresh SHA-256 engine; every Java platform has one.
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Whether all bytes are zero, which no content hashes to in practice.
  public boolean isZero() {
    return equals(ZERO);
  }

  /// Whether these are the same 32 bytes; takes the same time wherever they differ.
  public boolean matches(byte[] other) {
    return MessageDigest.isEqual(bytes, other);
  }

  /// 64 lower-case hexadecimal digits.
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /// 43 characters of base64url without padding: the form in which fingerprints are shown.
  public String toBase64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toBase64Url();
  }
}
