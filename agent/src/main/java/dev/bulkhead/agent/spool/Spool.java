package dev.bulkhead.agent.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps samples on disk, in order, until the server has them durably.
///
/// One thread appends, one reads, any may acknowledge. What a process wrote survives its death; a
/// power cut may take what was written since the last full segment. When the disk takes nothing
/// (full, read-only), the newest samples stay in memory and go to disk once it does; what does not
/// fit there is lost and counted. Nothing here throws because of a disk.
public final class Spool implements Closeable {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path directory;
  private final SpoolLimits limits;
  private final SpoolDisk disk;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long epoch;
  private final long writtenMillis;
  private final Deque<Segment> segments;
  private final Deque<SpoolRecord> memory = new ArrayDeque<>();
  private long memoryBytes;
  private long changes;
  private long next;
  private long acknowledged;
  private long dropped;
  private long lost;
  private boolean failing;
  private boolean acknowledgedOnDisk;
  private long failedAt;
  private @Nullable FileChannel writing;

  private Spool(
      Path directory,
      SpoolLimits limits,
      SpoolDisk disk,
      LongSupplier nanoTime,
      SpoolRecovery found) {
    this.directory = directory;
    this.limits = limits;
    this.disk = disk;
    this.nanoTime = nanoTime;
    this.epoch = found.epoch;
    this.writtenMillis = found.writtenMillis;
    this.segments = found.segments;
    this.next = found.next;
    this.acknowledged = found.acknowledged;
  }

  /// Opens what is in the directory, or begins another spool with an epoch of its own. On a disk
  /// that cannot be read or written the spool lives in memory.
  public static Spool open(Path directory, SpoolLimits limits) {
    return open(directory, limits, SpoolDisk.REAL, System::nanoTime);
  }

  static Spool open(Path directory, SpoolLimits limits, SpoolDisk disk, LongSupplier nanoTime) {
    SpoolRecovery found;
    boolean failing = false;
    try {
      found = SpoolRecovery.read(directory, nanoTime.getAsLong());
    } catch (IOException _) {
      // Seen in the status: the disk is not in use.
      found = SpoolRecovery.empty();
      failing = true;
    }
    Spool spool = new Spool(directory, limits, disk, nanoTime, found);
    spool.failing = failing;
    spool.failedAt = nanoTime.getAsLong();
    spool.writeAcknowledged(false);
    return spool;
  }

  /// Random, the same as long as the directory lasts.
  public long epoch() {
    return epoch;
  }

  /// The wall clock when an earlier process last wrote here, milliseconds since 1970; 0 for never.
  public long writtenMillis() {
    return writtenMillis;
  }

  /// Puts a sample in and returns its sequence.
  ///
  /// @throws IllegalArgumentException when it is longer than 1 MiB
  public long append(byte[] data) {
    if (data.length > SegmentFormat.MAX_RECORD) {
      throw new IllegalArgumentException("a sample has at most 1 MiB");
    }
    lock.lock();
    try {
      SpoolRecord record = new SpoolRecord(next++, data);
      memory.add(record);
      memoryBytes += data.length;
      if (!failing || nanoTime.getAsLong() - failedAt >= RETRY_NANOS) {
        flushMemory();
      }
      while (memoryBytes > limits.memoryBytes() && memory.size() > 1) {
        forgetOldest();
        lost++;
      }
      dropOld();
      change();
      return record.sequence();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOldest() {
    SpoolRecord oldest = memory.poll();
    if (oldest != null) {
      memoryBytes -= oldest.data().length;
    }
  }

  private void flushMemory() {
    try {
      for (SpoolRecord record = memory.peek(); record != null; record = memory.peek()) {
        write(record);
        forgetOldest();
      }
      failing = false;
    } catch (IOException _) {
      // Full, read-only or broken: the status says so, and the next try is in ten seconds.
      failing = true;
      failedAt = nanoTime.getAsLong();
      closeWriting();
    }
  }

  private void write(SpoolRecord record) throws IOException {
    int size = SegmentFormat.RECORD_HEADER + record.data().length;
    Segment segment = segments.peekLast();
    if (segment == null || segment.sealed || segment.length + size > limits.segmentBytes()) {
      segment = beginSegment(record.sequence());
    }
    FileChannel channel = writing;
    if (channel == null) {
      throw new IOException("no segment is open");
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    SegmentFormat.putRecord(out, record.sequence(), record.data());
    disk.write(channel, out.flip(), segment.length);
    segment.length += size;
    segment.lastSequence = record.sequence();
    segment.records++;
  }

  private Segment beginSegment(long firstSequence) throws IOException {
    FileChannel full = writing;
    if (full != null) {
      full.force(false);
    }
    closeWriting();
    Files.createDirectories(directory);
    Path file = SpoolRecovery.fileOf(directory, firstSequence);
    FileChannel channel = disk.open(file);
    writing = channel;
    channel.truncate(0);
    disk.write(channel, SegmentFormat.header(epoch), 0);
    Segment segment = new Segment(file, firstSequence, nanoTime.getAsLong());
    segment.length = SegmentFormat.HEADER;
    segments.add(segment);
    return segment;
  }

  private void closeWriting() {
    Segment last = segments.peekLast();
    if (last != null) {
      last.sealed = true;
    }
    FileChannel channel = writing;
    writing = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException _) {
        // What was written before is whole or is left out when it is read.
        failing = true;
      }
    }
  }

  private void dropOld() {
    long oldest = nanoTime.getAsLong() - limits.maxAge().toNanos();
    long bytes = bytes();
    while (segments.size() > 1) {
      Segment first = segments.getFirst();
      if (bytes <= limits.maxBytes() && first.createdNanos - oldest >= 0) {
        return;
      }
      bytes -= first.length;
      dropped += Math.clamp(first.lastSequence - acknowledged, 0, first.records);
      remove(first);
    }
  }

  private void remove(Segment segment) {
    segments.remove(segment);
    try {
      Files.deleteIfExists(segment.file);
    } catch (IOException _) {
      // On a read-only disk it stays, and is found acknowledged or too old the next time.
      acknowledgedOnDisk = false;
    }
  }

  private long bytes() {
    long bytes = 0;
    for (Segment segment : segments) {
      bytes += segment.length;
    }
    return bytes;
  }

  /// Everything up to the sequence is durable elsewhere. Another epoch's is ignored, and so is a
  /// sequence that was never given.
  public void acknowledge(long ackEpoch, long sequence) {
    lock.lock();
    try {
      if (ackEpoch != epoch || sequence <= acknowledged || sequence >= next) {
        return;
      }
      acknowledged = sequence;
      while (!memory.isEmpty() && memory.getFirst().sequence() <= sequence) {
        forgetOldest();
      }
      for (Segment first = segments.peekFirst();
          first != null && first.sealed && first.lastSequence <= sequence;
          first = segments.peekFirst()) {
        remove(first);
      }
      writeAcknowledged(false);
      change();
    } finally {
      lock.unlock();
    }
  }

  private void writeAcknowledged(boolean clean) {
    Path file = SpoolRecovery.acknowledgedFile(directory);
    try (FileChannel channel = disk.open(file)) {
      var content = new SpoolRecovery.Acknowledged(epoch, acknowledged, clean);
      disk.write(channel, content.encode(), 0);
      acknowledgedOnDisk = true;
    } catch (IOException _) {
      // Then samples are sent once more after a restart, which the server takes as the same ones.
      acknowledgedOnDisk = false;
    }
  }

  /// A reader that begins behind what is acknowledged.
  public SpoolReader reader() {
    lock.lock();
    try {
      return new SpoolReader(this, acknowledged);
    } finally {
      lock.unlock();
    }
  }

  /// The first segment with something behind `sequence`, or null.
  @Nullable Segment segmentAfter(long sequence) {
    lock.lock();
    try {
      for (Segment segment : segments) {
        if (segment.lastSequence > sequence) {
          return segment;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// The first sample in memory behind `sequence`, or null.
  @Nullable SpoolRecord inMemoryAfter(long sequence) {
    lock.lock();
    try {
      for (SpoolRecord record : memory) {
        if (record.sequence() > sequence) {
          return record;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Whether more may still be written into a segment.
  boolean isOpen(Segment segment) {
    lock.lock();
    try {
      return !segment.sealed;
    } finally {
      lock.unlock();
    }
  }

  /// Where the whole records of a segment end now.
  long lengthOf(Segment segment) {
    lock.lock();
    try {
      return segment.length;
    } finally {
      lock.unlock();
    }
  }

  /// Counts what was put in or acknowledged, and calls of [#signal()].
  public long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until [#changes()] is no longer `seen`, or the time is over.
  public void awaitChange(long seen, long timeoutNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long rest = timeoutNanos;
      while (changes == seen && rest > 0) {
        rest = changed.awaitNanos(rest);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Wakes whoever waits.
  public void signal() {
    lock.lock();
    try {
      change();
    } finally {
      lock.unlock();
    }
  }

  private void change() {
    changes++;
    changed.signalAll();
  }

  /// How it is doing now.
  public SpoolStatus status() {
    lock.lock();
    try {
      boolean onDisk = !failing && acknowledgedOnDisk;
      return new SpoolStatus(next - 1, acknowledged, bytes(), dropped, lost, onDisk);
    } finally {
      lock.unlock();
    }
  }

  /// Closes in order, so that the next process goes on with the next sequence.
  @Override
  public void close() {
    lock.lock();
    try {
      flushMemory();
      FileChannel channel = writing;
      if (channel != null) {
        channel.force(false);
      }
      closeWriting();
      writeAcknowledged(true);
    } catch (IOException _) {
      // The next process then skips ahead.
      writeAcknowledged(false);
    } finally {
      lock.unlock();
    }
  }
}
