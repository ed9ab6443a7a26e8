package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel told this process about itself when it started it.
///
/// @param pageSize bytes in a page
/// @param ticksPerSecond in which the kernel counts processor time
record KernelConstants(int pageSize, int ticksPerSecond) {

  private static final int AT_PAGESZ = 6;
  private static final int AT_CLKTCK = 17;

  /// Reads the auxiliary vector: pairs of machine words. What is not there is 4096 and 100.
  static KernelConstants read(Path auxv) {
    int pageSize = 4096;
    int ticks = 100;
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(auxv);
    } catch (IOException _) {
      return new KernelConstants(pageSize, ticks);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    while (in.remaining() >= 16) {
      long key = in.getLong();
      long value = in.getLong();
      if (key == AT_PAGESZ && value >= 4096 && value <= 1 << 20) {
        pageSize = (int) value;
      } else if (key == AT_CLKTCK && value >= 1 && value <= 10_000) {
        ticks = (int) value;
      }
    }
    return new KernelConstants(pageSize, ticks);
  }
}
