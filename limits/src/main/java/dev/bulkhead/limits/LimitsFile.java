package dev.bulkhead.limits;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The mapped file: a page of header, then slots of two longs. One program at a time holds it. What
/// is written is in the machine's memory at once, and so survives the program, though not a loss of
/// power. Not thread-safe.
final class LimitsFile implements AutoCloseable {
  static final int SALT_BYTES = 32;

  private static final long MAGIC = 0x42_48_4c_49_4d_49_54_31L; // BHLIMIT1
  private static final int HEADER = 4096;
  private static final int SLOT = 16;
  private static final int AT_MAGIC = 0;
  private static final int AT_SLOTS = 8;
  private static final int AT_SALT = 16;
  private static final int AT_MARK = AT_SALT + SALT_BYTES;

  private final Path file;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final int slots;

  private LimitsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
    slots = (int) memory.get(ValueLayout.JAVA_LONG, AT_SLOTS);
    if (memory.get(ValueLayout.JAVA_LONG, AT_MAGIC) != MAGIC
        || slots < 1
        || memory.byteSize() != size(slots)) {
      throw damaged(file);
    }
  }

  /// Opens the file, or makes it; an existing one keeps its own number of slots.
  ///
  /// @throws LimitsFileException when another program holds it, or it is damaged
  static LimitsFile open(Path file, int slots) {
    try {
      if (Files.notExists(file)) {
        create(file, slots);
      }
      final FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        lock(file, channel);
        if (channel.size() < HEADER) {
          throw damaged(file);
        }
        return new LimitsFile(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new LimitsFileException(file, "cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      lock = null;
    }
    if (lock == null) {
      throw new LimitsFileException(file, "another program holds it; stop that one first");
    }
  }

  // Whole under another name first: a half-made file would have to be taken for a damaged one.
  private static void create(Path file, int slots) throws IOException {
    final Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    final Set<StandardOpenOption> fresh =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(
            half,
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      final byte[] salt = new byte[SALT_BYTES];
      new SecureRandom().nextBytes(salt);
      final ByteBuffer header = ByteBuffer.allocate(HEADER).order(java.nio.ByteOrder.nativeOrder());
      header.putLong(AT_MAGIC, MAGIC).putLong(AT_SLOTS, slots).put(AT_SALT, salt);
      channel.write(header, 0);
      channel.write(ByteBuffer.allocate(1), size(slots) - 1);
      channel.force(true);
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long size(int slots) {
    return HEADER + (long) slots * SLOT;
  }

  private static LimitsFileException damaged(Path file) {
    return new LimitsFileException(
        file, "is damaged; move it away, and every limit begins anew with the next start");
  }

  int slots() {
    return slots;
  }

  byte[] salt() {
    return memory.asSlice(AT_SALT, SALT_BYTES).toArray(ValueLayout.JAVA_BYTE);
  }

  /// One of the longs that tell the time.
  long mark(int number) {
    return memory.get(ValueLayout.JAVA_LONG, AT_MARK + 8L * number);
  }

  void mark(int number, long value) {
    memory.set(ValueLayout.JAVA_LONG, AT_MARK + 8L * number, value);
  }

  long key(int slot) {
    return memory.get(ValueLayout.JAVA_LONG, HEADER + (long) slot * SLOT);
  }

  void key(int slot, long value) {
    memory.set(ValueLayout.JAVA_LONG, HEADER + (long) slot * SLOT, value);
  }

  long due(int slot) {
    return memory.get(ValueLayout.JAVA_LONG, HEADER + (long) slot * SLOT + 8);
  }

  void due(int slot, long value) {
    memory.set(ValueLayout.JAVA_LONG, HEADER + (long) slot * SLOT + 8, value);
  }

  @Override
  public void close() {
    memory.force();
    arena.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new LimitsFileException(file, "cannot be closed: " + e.getMessage(), e);
    }
  }
}
