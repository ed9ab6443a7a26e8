package dev.bulkhead.server.identity;

import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Argon2id with 19 MiB, two passes and a salt each (OWASP's first recommendation). Thread-safe; at
/// most two run at once, so that a crowd at the door cannot take the server's memory.
@Component
public final class Passwords {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int AT_ONCE = 2;

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final String nobody = hash("nobody has this password");

  /// The hash to store, with a salt of its own.
  public String hash(String password) {
    places.acquireUninterruptibly();
    try {
      return java.util.Objects.requireNonNull(argon2.encode(password));
    } finally {
      places.release();
    }
  }

  /// Whether the hash is this password's.
  public boolean matches(String password, String hash) {
    places.acquireUninterruptibly();
    try {
      return argon2.matches(password, hash);
    } finally {
      places.release();
    }
  }

  /// Whether a hash was made with less memory or fewer passes than are used today.
  boolean isWeak(String hash) {
    return argon2.upgradeEncoding(hash);
  }

  /// Takes as long as [#matches] does, for a name that nobody has.
  void matchNobody(String password) {
    if (matches(password, nobody)) {
      throw new IllegalStateException("the hash of nobody is never somebody's");
    }
  }
}
