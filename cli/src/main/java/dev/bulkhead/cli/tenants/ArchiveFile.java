package dev.bulkhead.cli.tenants;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.client.Query;
import dev.bulkhead.cli.client.ServerClient;
import dev.bulkhead.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/// The archive of a tenant on its way to disk. It has its name when it is whole, and is readable by
/// its owner alone from the beginning.
final class ArchiveFile {

  private static final Query EXPORT = Query.of("/api/v1/tenant/export");
  private static final int CHUNK = 64 * 1024;
  private static final Duration NEWS = Duration.ofMillis(500);

  private final Path file;
  private final PrintWriter remarks;
  private final Terminal terminal;

  ArchiveFile(Path file, PrintWriter remarks, Terminal terminal) {
    this.file = file.toAbsolutePath().normalize();
    this.remarks = remarks;
    this.terminal = terminal;
  }

  /// @return its size in bytes
  /// @throws CommandFailure when it is there already, or cannot be written
  long fill(ServerClient client) throws InterruptedException {
    if (Files.exists(file)) {
      throw new CommandFailure(file + " is there already.\nName another file.");
    }
    try {
      // Such files are 0600 from the beginning.
      Path fresh =
          Files.createTempFile(Objects.requireNonNull(file.getParent()), "export-", ".zip");
      try (InputStream in = client.open(EXPORT, "application/zip");
          OutputStream out = Files.newOutputStream(fresh)) {
        long bytes = copy(in, out);
        Files.move(fresh, file);
        return bytes;
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new CommandFailure("Could not write " + file + ": " + e.getMessage(), e);
    }
  }

  private long copy(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    long told = System.nanoTime();
    int read;
    while ((read = in.read(chunk)) >= 0) {
      out.write(chunk, 0, read);
      bytes += read;
      if (terminal.interactive() && System.nanoTime() - told > NEWS.toNanos()) {
        told = System.nanoTime();
        remarks.print("\r" + size(bytes) + " …");
        remarks.flush();
      }
    }
    if (terminal.interactive()) {
      remarks.print("\r\u001b[K");
      remarks.flush();
    }
    return bytes;
  }

  /// Such as `3.4 MB`.
  static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
