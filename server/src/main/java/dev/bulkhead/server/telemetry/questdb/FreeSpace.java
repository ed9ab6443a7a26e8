package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.TelemetryFailure;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Watches that the disk keeps a reserve. Writing into the last page of a disk can kill a process
/// that maps its files, so the store stops before.
final class FreeSpace {
  private final Path directory;
  private final long minimum;
  private final FileStore disk;

  FreeSpace(Path directory, long minimum) {
    this.directory = directory;
    this.minimum = minimum;
    try {
      this.disk = Files.getFileStore(directory);
    } catch (IOException failure) {
      throw new TelemetryFailure.Broken("cannot tell the disk of " + directory, failure);
    }
  }

  boolean isEnough() {
    return free() >= minimum;
  }

  /// Throws [TelemetryFailure.Full] when the reserve would be touched.
  void require() {
    var free = free();
    if (free < minimum) {
      throw new TelemetryFailure.Full(
          "the disk of %s has %d MiB left, fewer than the %d MiB kept free"
              .formatted(directory, free >> 20, minimum >> 20),
          null);
    }
  }

  private long free() {
    try {
      return disk.getUsableSpace();
    } catch (IOException failure) {
      throw new TelemetryFailure.Broken("cannot tell the free space of " + directory, failure);
    }
  }
}
