package dev.bulkhead.limits;

import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/// Buckets that many callers take from, in a mapped file: what was taken is written before the
/// caller learns of it, so that neither `kill -9`, nor a restart, nor a step of the clock refills
/// anything. Thread-safe. Of constant size, however many keys come: when the places of a key are
/// all in use by others, it inherits the emptiest of their debts and may have to wait for what
/// somebody else took, but nobody is ever given more.
///
/// Each bucket is one number, the time at which it would be full again (generic cell rate
/// algorithm, ITU-T I.371). Time is the machine's monotonic clock, which programs of one boot
/// share; across a boot it is the wall clock, and a backward step of that counts as no time.
public final class Limits implements AutoCloseable {
  /// Enough for as many busy keys in two megabytes.
  public static final int SLOTS = 1 << 17;

  // The places at which a key may be.
  private static final int WAYS = 8;
  private static final int LOCKS = 256;
  private static final long MARKED_EVERY = Duration.ofMillis(200).toNanos();
  private static final int BOOT_HIGH = 0;
  private static final int BOOT_LOW = 1;
  private static final int MARK_TIME = 2;
  private static final int MARK_NANOS = 3;
  private static final int MARK_WALL = 4;

  private final LimitsFile file;
  private final Clocks clocks;
  private final byte[] salt;
  private final Object[] locks = new Object[LOCKS];
  // Time of the limits = nanos of the machine + this.
  private final long offset;
  private volatile long marked;

  private Limits(LimitsFile file, Clocks clocks) {
    this.file = file;
    this.clocks = clocks;
    salt = file.salt();
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
    offset = continueTime() - clocks.nanos();
    mark(clocks.nanos());
  }

  /// Opens the file, or makes it (0600).
  ///
  /// @throws LimitsFileException when another program holds it, or it is damaged
  public static Limits open(Path file) {
    return open(file, SLOTS, Clocks.ofMachine());
  }

  static Limits open(Path file, int slots, Clocks clocks) {
    if (slots < WAYS || slots % WAYS != 0) {
      throw new IllegalArgumentException("slots come in groups of " + WAYS + ": " + slots);
    }
    return new Limits(LimitsFile.open(file, slots), clocks);
  }

  /// Takes one.
  public Verdict take(String kind, String key, Rate rate) {
    return take(kind, key, rate, 1);
  }

  /// Takes several, all or none.
  ///
  /// @param kind what is limited; buckets of different kinds are different
  /// @param key who takes
  /// @param amount at least 1
  public Verdict take(String kind, String key, Rate rate, long amount) {
    if (amount < 1) {
      throw new IllegalArgumentException("nobody takes " + amount);
    }
    if (amount > rate.allowed()) {
      return new Verdict.TooMuch();
    }
    return inSlot(
        kind,
        key,
        (slot, now) -> {
          final long full = Math.max(file.due(slot), now) + amount * rate.nanosEach();
          final long wait = full - rate.allowed() * rate.nanosEach() - now;
          if (wait > 0) {
            return new Verdict.Refused(Duration.ofNanos(wait));
          }
          file.due(slot, full);
          return new Verdict.Taken();
        });
  }

  /// Takes what is due for something that has happened already: as much as there is, at most the
  /// amount.
  ///
  /// @param amount at least 1
  public void charge(String kind, String key, Rate rate, long amount) {
    final long cost = Math.min(amount, rate.allowed()) * rate.nanosEach();
    inSlot(
        kind,
        key,
        (slot, now) -> {
          final long empty = now + rate.allowed() * rate.nanosEach();
          final long due = Math.max(file.due(slot), now);
          file.due(slot, Math.max(due, Math.min(due + cost, empty)));
          return new Verdict.Taken();
        });
  }

  private interface Step {
    Verdict run(int slot, long now);
  }

  private Verdict inSlot(String kind, String key, Step step) {
    final long hash = hash(kind, key);
    final int group = Math.floorMod(hash, file.slots() / WAYS);
    synchronized (locks[group % LOCKS]) {
      final long nanos = clocks.nanos();
      final Verdict verdict = step.run(slot(group * WAYS, hash), nanos + offset);
      if (nanos - marked > MARKED_EVERY) {
        mark(nanos);
      }
      return verdict;
    }
  }

  /// Gives one back, as if it had not been taken.
  public void giveBack(String kind, String key, Rate rate) {
    final long hash = hash(kind, key);
    final int group = Math.floorMod(hash, file.slots() / WAYS);
    synchronized (locks[group % LOCKS]) {
      for (int slot = group * WAYS; slot < (group + 1) * WAYS; slot++) {
        // Whoever has lost the place has lost the debt with it.
        if (file.key(slot) == hash) {
          file.due(slot, file.due(slot) - rate.nanosEach());
        }
      }
    }
  }

  // The key's place; else the one whose bucket is fullest, with what is still due there.
  private int slot(int first, long hash) {
    int fullest = first;
    for (int slot = first; slot < first + WAYS; slot++) {
      if (file.key(slot) == hash) {
        return slot;
      }
      if (file.due(slot) < file.due(fullest)) {
        fullest = slot;
      }
    }
    file.key(fullest, hash);
    return fullest;
  }

  // Nobody outside can choose keys that meet in one place: the file has its own salt.
  private long hash(String kind, String key) {
    final MessageDigest digest = sha256();
    digest.update(salt);
    digest.update(kind.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    final byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << Byte.SIZE) | (hash[i] & 0xff);
    }
    return value == 0 ? 1 : value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // The time at which the last program stopped marking, and what has passed since.
  private long continueTime() {
    final long before = file.mark(MARK_TIME);
    final boolean sameBoot =
        file.mark(BOOT_HIGH) == clocks.boot().getMostSignificantBits()
            && file.mark(BOOT_LOW) == clocks.boot().getLeastSignificantBits();
    if (sameBoot) {
      return before + Math.max(0, clocks.nanos() - file.mark(MARK_NANOS));
    }
    if (file.mark(MARK_WALL) == 0) {
      return 0;
    }
    final long millis = clocks.wallMillis() - file.mark(MARK_WALL);
    return before
        + Duration.ofMillis(Math.clamp(millis, 0, Duration.ofDays(32).toMillis())).toNanos();
  }

  // In this order: whoever is killed in the midst leaves an older time behind, never a later one.
  private synchronized void mark(long nanos) {
    marked = nanos;
    file.mark(MARK_NANOS, nanos);
    file.mark(MARK_WALL, clocks.wallMillis());
    VarHandle.storeStoreFence();
    file.mark(MARK_TIME, nanos + offset);
    VarHandle.storeStoreFence();
    file.mark(BOOT_HIGH, clocks.boot().getMostSignificantBits());
    file.mark(BOOT_LOW, clocks.boot().getLeastSignificantBits());
  }

  /// Writes everything to the disk and lets go of the file.
  @Override
  public void close() {
    mark(clocks.nanos());
    file.close();
  }
}
