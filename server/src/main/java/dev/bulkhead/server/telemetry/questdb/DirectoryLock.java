package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.TelemetryFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Holds a directory for this process, and tells who holds it otherwise. The kernel lets go of it
/// when the process ends, however it ends.
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "store.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path directory, Instant now) throws IOException {
    var file = directory.resolve(FILE);
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new TelemetryFailure.Held(
          "the telemetry directory %s is in use by %s; stop it or choose another state directory"
              .formatted(directory, holder(file)));
    }
    var text = "process %d since %s".formatted(ProcessHandle.current().pid(), now);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    return new DirectoryLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException alreadyOurs) {
      // This very process holds it through another store.
      return null;
    }
  }

  private static String holder(Path file) throws IOException {
    var text = Files.readString(file).strip();
    return text.isEmpty() ? "another process" : text;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new TelemetryFailure.Broken("could not let go of the directory", failure);
    }
  }
}
