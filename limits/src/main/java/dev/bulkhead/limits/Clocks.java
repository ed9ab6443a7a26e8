package dev.bulkhead.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// The clocks that limits go by.
interface Clocks {
  /// Nanoseconds of a clock that only time moves, and that all programs of one boot share.
  long nanos();

  /// Milliseconds since 1970, which anybody may set.
  long wallMillis();

  /// Tells one boot of the machine from another.
  UUID boot();

  /// The machine's own. On Linux `System.nanoTime` is `CLOCK_MONOTONIC`, which begins with the
  /// boot.
  static Clocks ofMachine() {
    final UUID boot = readBoot();
    return new Clocks() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public long wallMillis() {
        return System.currentTimeMillis();
      }

      @Override
      public UUID boot() {
        return boot;
      }
    };
  }

  private static UUID readBoot() {
    final Path file = Path.of("/proc/sys/kernel/random/boot_id");
    if (!Files.exists(file)) {
      // Elsewhere every start counts as a boot, for which the wall clock must do.
      return UUID.randomUUID();
    }
    try {
      return UUID.fromString(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
