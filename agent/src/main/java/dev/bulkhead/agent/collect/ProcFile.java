package dev.bulkhead.agent.collect;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A small kernel file that is read over and over: opened once, read from its start into one
/// buffer.
///
/// After a failure the next read opens it anew. Not thread-safe.
final class ProcFile implements Closeable {

  // /proc/stat of a thousand processors is some 200 KiB.
  private static final int MAX_LENGTH = 1024 * 1024;

  private final String path;
  private byte[] buffer;
  private @Nullable RandomAccessFile file;

  ProcFile(Path path, int capacity) {
    this.path = path.toString();
    this.buffer = new byte[capacity];
  }

  /// Reads the whole file, at most 1 MiB of it, and sets the scanner to its start.
  void readInto(ByteScanner scanner) throws IOException {
    try {
      RandomAccessFile open = file;
      if (open == null) {
        open = new RandomAccessFile(path, "r");
        file = open;
      } else {
        open.seek(0);
      }
      int length = readAll(open);
      scanner.reset(buffer, length);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private int readAll(RandomAccessFile open) throws IOException {
    int length = 0;
    while (true) {
      int count = open.read(buffer, length, buffer.length - length);
      if (count <= 0) {
        return length;
      }
      length += count;
      if (length == buffer.length) {
        if (length >= MAX_LENGTH) {
          return length;
        }
        buffer = Arrays.copyOf(buffer, length * 2);
      }
    }
  }

  @Override
  public void close() throws IOException {
    RandomAccessFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }
}
