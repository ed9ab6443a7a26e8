package dev.bulkhead.server.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Argon2id over the secrets of tokens, and the memory of which secret matched which hash.
/// Thread-safe.
///
/// 19 MiB and two passes, as for passwords: a secret of 256 bits would be safe with less, but the
/// verdict is remembered, so that a program pays this once an hour at most. The memory is keyed by
/// an HMAC of the secret and the row's hash under a key that this process made and nobody else
/// knows; another hash in the row is another key, and the row itself is never remembered.
///
/// At most two run at once, so that a crowd cannot take the server's memory, and at most five a
/// minute for one id, restarts included. An id that does not exist costs and counts the same.
@Component
final class SecretHashes {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int AT_ONCE = 2;
  private static final String KIND = "token";
  private static final int RUNS_PER_MINUTE = 5;
  private static final int KNOWN_VERDICTS = 20_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final SecretKeySpec processKey;
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(KNOWN_VERDICTS).expireAfterWrite(REMEMBERED).build();
  private final LongAdder runs = new LongAdder();
  private final Attempts attempts;
  private final String nobody;

  SecretHashes(Attempts attempts) {
    this.attempts = attempts;
    final byte[] key = new byte[HASH_BYTES];
    new SecureRandom().nextBytes(key);
    processKey = new SecretKeySpec(key, "HmacSHA256");
    nobody = encode("nobody has this secret");
  }

  /// What became of a secret.
  sealed interface Verdict {
    /// @param outdated whether the hash was made with other parameters than today's
    record Right(boolean outdated) implements Verdict {}

    record Wrong() implements Verdict {}

    /// Nothing was computed.
    record NotNow(Duration retryAfter) implements Verdict {}
  }

  /// Hashes a new secret.
  ///
  /// @return empty when too much is being hashed just now
  Optional<String> hash(String secret) {
    if (!enter()) {
      return Optional.empty();
    }
    try {
      return Optional.of(encode(secret));
    } finally {
      places.release();
    }
  }

  /// Whether a secret matches a row's hash.
  ///
  /// @param hash empty when there is no such row: the work is the same, and the answer is wrong
  Verdict verify(UUID id, String secret, Optional<String> hash) {
    final String against = hash.orElse(nobody);
    final String key = key(secret, against);
    // A program that has proved itself here is not shut out by somebody who guesses at its id.
    if (isKnown(key)) {
      return right(against);
    }
    if (!enter()) {
      return new Verdict.NotNow(Duration.ofSeconds(1));
    }
    try {
      // Whoever waited here behind the same token finds the verdict made.
      return isKnown(key) ? right(against) : compute(id, secret, key, against);
    } finally {
      places.release();
    }
  }

  /// How often Argon2 has run over the secret of a request.
  long runs() {
    return runs.sum();
  }

  private Verdict compute(UUID id, String secret, String key, String against) {
    try {
      attempts.take(KIND, id.toString(), RUNS_PER_MINUTE);
    } catch (ProblemException tooMany) {
      return new Verdict.NotNow(tooMany.retryAfter().orElse(REMEMBERED));
    }
    runs.increment();
    if (!argon2.matches(secret, against)) {
      return new Verdict.Wrong();
    }
    known.put(key, true);
    return right(against);
  }

  private boolean isKnown(String key) {
    return known.getIfPresent(key) != null;
  }

  private Verdict right(String hash) {
    return new Verdict.Right(argon2.upgradeEncoding(hash));
  }

  private boolean enter() {
    try {
      return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String encode(String secret) {
    return Objects.requireNonNull(argon2.encode(secret));
  }

  private String key(String secret, String hash) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(processKey);
      mac.update(secret.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getEncoder().encodeToString(mac.doFinal(hash.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }
}
