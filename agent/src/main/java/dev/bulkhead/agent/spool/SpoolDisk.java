package dev.bulkhead.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Where a spool's bytes go; tests put a disk that fails here.
interface SpoolDisk {

  /// The real one.
  SpoolDisk REAL = new RealDisk();

  /// Opens a file for writing, and makes it if need be.
  FileChannel open(Path file) throws IOException;

  /// Writes all bytes at a position.
  void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException;

  /// The file system's own.
  final class RealDisk implements SpoolDisk {

    @Override
    public FileChannel open(Path file) throws IOException {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }
  }
}
