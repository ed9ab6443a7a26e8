package dev.bulkhead.server.secrets;

import dev.bulkhead.server.configuration.ServerConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The server's own keys: keyed hashes of what is looked up (sessions, codes), sealing of what must
/// come back. Thread-safe. Sealed form: version (1 byte), key id (4), nonce (12), AES-256-GCM text
/// and tag; the purpose is bound as associated data, so that what was sealed for one thing opens
/// for no other.
@Component
public final class Keys {
  private static final byte SEALED_VERSION = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final SecretKeySpec hashKey;
  private final SecretKeySpec sealKey;
  private final byte[] sealKeyId;
  private final SecureRandom random = new SecureRandom();

  @Autowired
  Keys(ServerConfiguration configuration) {
    this(configuration.data().resolve("keys"));
  }

  Keys(Path directory) {
    hashKey = new SecretKeySpec(KeyFile.readOrCreate(directory.resolve("hash.key")), "HmacSHA256");
    final byte[] seal = KeyFile.readOrCreate(directory.resolve("seal.key"));
    sealKey = new SecretKeySpec(seal, "AES");
    sealKeyId =
        Arrays.copyOf(
            mac(new SecretKeySpec(seal, "HmacSHA256"), "key id", new byte[0]), KEY_ID_BYTES);
  }

  /// Random bytes for a secret, a nonce or an id.
  public byte[] random(int bytes) {
    final byte[] value = new byte[bytes];
    random.nextBytes(value);
    return value;
  }

  /// The 32-byte keyed hash under which a secret of this purpose is stored and found.
  public byte[] hash(String purpose, byte[] secret) {
    return mac(hashKey, purpose, secret);
  }

  /// The keyed hash of a text's UTF-8 bytes.
  public byte[] hash(String purpose, String secret) {
    return hash(purpose, secret.getBytes(StandardCharsets.UTF_8));
  }

  /// Seals bytes for a purpose, such as `totp_factor.sealed_secret/<person id>`.
  public byte[] seal(String purpose, byte[] content) {
    final byte[] nonce = random(NONCE_BYTES);
    final byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, purpose, content).orElseThrow();
    return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
        .put(SEALED_VERSION)
        .put(sealKeyId)
        .put(nonce)
        .put(sealed)
        .array();
  }

  /// Opens what [#seal] made; empty when it was sealed for another purpose, by another key, or was
  /// changed.
  public Optional<byte[]> open(String purpose, byte[] sealed) {
    if (sealed.length < HEADER_BYTES
        || sealed[0] != SEALED_VERSION
        || !Arrays.equals(sealed, 1, 1 + KEY_ID_BYTES, sealKeyId, 0, KEY_ID_BYTES)) {
      return Optional.empty();
    }
    final byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID_BYTES, HEADER_BYTES);
    return crypt(
        Cipher.DECRYPT_MODE,
        nonce,
        purpose,
        Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length));
  }

  private Optional<byte[]> crypt(int mode, byte[] nonce, String purpose, byte[] content) {
    try {
      final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, sealKey, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(content));
    } catch (AEADBadTagException changed) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available", e);
    }
  }

  private static byte[] mac(SecretKeySpec key, String purpose, byte[] content) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }
}
