package dev.bulkhead.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What an earlier process left in the directory: whole records stay, a torn end is left out.
final class SpoolRecovery {

  /// Further than the samples that a power cut can take back (a segment is forced when it is full),
  /// so that no sequence is ever used for two samples.
  private static final long SKIP = 100_000;

  private static final String SUFFIX = ".spool";
  private static final String ACKNOWLEDGED = "acknowledged";
  private static final int ACK_LENGTH = 21;

  final long epoch;
  final long acknowledged;
  final long next;
  // The wall clock when something was last written, 0 when nothing was.
  final long writtenMillis;
  final Deque<Segment> segments;

  private SpoolRecovery(
      long epoch, long acknowledged, long next, long writtenMillis, Deque<Segment> segments) {
    this.epoch = epoch;
    this.acknowledged = acknowledged;
    this.next = next;
    this.writtenMillis = writtenMillis;
    this.segments = segments;
  }

  /// Without a directory that can be read.
  static SpoolRecovery empty() {
    return new SpoolRecovery(new SecureRandom().nextLong(), 0, 1, 0, new ArrayDeque<>());
  }

  static SpoolRecovery read(Path directory, long nowNanos) throws IOException {
    Files.createDirectories(directory);
    Acknowledged ack = readAcknowledged(directory);
    Long epoch = ack == null ? null : ack.epoch();
    Deque<Segment> segments = new ArrayDeque<>();
    long written = ack == null ? 0 : millisOf(acknowledgedFile(directory));
    for (Path file : list(directory)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        Long own = SegmentFormat.readEpoch(channel);
        if (own != null && (epoch == null || epoch.equals(own))) {
          epoch = own;
          Segment segment = scan(file, channel, nowNanos);
          if (segment.records > 0) {
            segments.add(segment);
            written = Math.max(written, millisOf(file));
            continue;
          }
        }
      }
      Files.deleteIfExists(file);
    }
    if (epoch == null) {
      return empty();
    }
    long acknowledged = ack == null ? 0 : ack.sequence();
    long last = segments.isEmpty() ? 0 : segments.getLast().lastSequence;
    long newest = Math.max(last, acknowledged);
    boolean clean = ack != null && ack.clean();
    long next = newest + 1 + (clean ? 0 : SKIP);
    return new SpoolRecovery(epoch, acknowledged, next, written, segments);
  }

  private static Segment scan(Path file, FileChannel channel, long nowNanos) throws IOException {
    long begin = sequenceOf(file);
    long age = Math.max(0, System.currentTimeMillis() - millisOf(file));
    Segment segment = new Segment(file, begin, nowNanos - age * 1_000_000);
    segment.sealed = true;
    long position = SegmentFormat.HEADER;
    SpoolRecord found = SegmentFormat.readRecord(channel, position);
    while (found != null && found.sequence() > segment.lastSequence) {
      position += SegmentFormat.RECORD_HEADER + found.data().length;
      segment.lastSequence = found.sequence();
      segment.records++;
      found = SegmentFormat.readRecord(channel, position);
    }
    segment.length = position;
    return segment;
  }

  private static long millisOf(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  static Path fileOf(Path directory, long firstSequence) {
    return directory.resolve(String.format("%019d%s", firstSequence, SUFFIX));
  }

  private static long sequenceOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path file : stream) {
        if (file.getFileName().toString().matches("[0-9]{19}\\" + SUFFIX)) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }

  /// The last acknowledgement, and whether the spool was closed in order.
  record Acknowledged(long epoch, long sequence, boolean clean) {

    ByteBuffer encode() {
      ByteBuffer out = ByteBuffer.allocate(ACK_LENGTH).putLong(epoch).putLong(sequence);
      out.put((byte) (clean ? 1 : 0)).putInt(crc(out));
      return out.flip();
    }
  }

  static Path acknowledgedFile(Path directory) {
    return directory.resolve(ACKNOWLEDGED);
  }

  private static @Nullable Acknowledged readAcknowledged(Path directory) throws IOException {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Files.readAllBytes(acknowledgedFile(directory)));
    } catch (NoSuchFileException _) {
      return null;
    }
    if (in.capacity() != ACK_LENGTH || in.getInt(17) != crc(in)) {
      return null;
    }
    return new Acknowledged(in.getLong(0), in.getLong(8), in.get(16) == 1);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, 17));
    return (int) crc.getValue();
  }
}
