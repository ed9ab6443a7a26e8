package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lock that makes one supervisor the only one on a state directory, for as long as it lives.
///
/// The operating system drops the lock when the process ends, however it ends. The file stays, and
/// names its holder: `{"pid":1,"port":7070,"linkPort":7443,"startedAt":"2026-01-02T03:04:05Z"}`.
/// After a stop in order it is empty, so content without a lock tells of a supervisor that was
/// killed.
final class StateLock implements AutoCloseable {

  /// Who holds, or held, the lock.
  record Holder(long pid, int port, int linkPort, Instant startedAt) {

    private static final Pattern JSON =
        Pattern.compile(
            "\\{\"pid\":(\\d{1,10}),\"port\":(\\d{1,5}),\"linkPort\":(\\d{1,5}),\"startedAt\":\"([^\"]+)\"}\\s*");

    String toJson() {
      return "{\"pid\":%d,\"port\":%d,\"linkPort\":%d,\"startedAt\":\"%s\"}\n"
          .formatted(pid, port, linkPort, startedAt.truncatedTo(ChronoUnit.SECONDS));
    }

    static Optional<Holder> parse(String json) {
      Matcher matcher = JSON.matcher(json);
      return matcher.matches()
          ? Optional.of(
              new Holder(
                  Long.parseLong(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3)),
                  Instant.parse(matcher.group(4))))
          : Optional.empty();
    }
  }

  private final FileChannel channel;
  private final Optional<Holder> killedBefore;

  private StateLock(FileChannel channel, Optional<Holder> killedBefore) {
    this.channel = channel;
    this.killedBefore = killedBefore;
  }

  /// Takes the lock.
  ///
  /// @throws CommandFailure when another supervisor has it; the message names it
  static StateLock take(Path file, Holder self) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Optional<Holder> holder = Holder.parse(read(channel));
      if (!isLocked(channel)) {
        channel.close();
        throw new CommandFailure(heldBy(file, holder));
      }
      var lock = new StateLock(channel, holder);
      lock.write(self.toJson());
      return lock;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new CommandFailure("Could not lock " + file + ": " + e, e);
    }
  }

  /// Who holds the lock at this moment, without taking it.
  ///
  /// @throws IOException when the file cannot be read, so [java.nio.file.AccessDeniedException] for
  ///     another user's
  static Optional<Holder> findHolder(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Optional<Holder> named = Holder.parse(read(channel));
      // Asked only when a name stands there, so that this is never in a new supervisor's way.
      return named.isPresent() && isHeldByAnother(channel) ? named : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean isHeldByAnother(FileChannel channel) throws IOException {
    try (FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (OverlappingFileLockException e) {
      // The supervisor is in this very process.
      return true;
    }
  }

  /// The supervisor that held this lock before and did not release it, if it was so.
  Optional<Holder> killedBefore() {
    return killedBefore;
  }

  @Override
  public void close() {
    try (channel) {
      write("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // The other supervisor is in this very process.
      return false;
    }
  }

  private static String heldBy(Path file, Optional<Holder> holder) {
    return holder
        .map(
            h ->
                "Bulkhead is already running on %s: process %d, http://localhost:%d, since %s.\nStop it first (kill %d), or run another beside it: --state DIR --port N"
                    .formatted(file.getParent(), h.pid(), h.port(), h.startedAt(), h.pid()))
        .orElseGet(() -> "Bulkhead is already running on " + file.getParent() + ", just starting.");
  }

  private static String read(FileChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(1024);
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
      // Read on, until the end of the file or of the buffer.
    }
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
  }

  private void write(String content) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.truncate(bytes.limit());
    channel.force(true);
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException cause) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
