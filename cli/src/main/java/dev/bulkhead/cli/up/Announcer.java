package dev.bulkhead.cli.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Tells the person at the terminal what happens, one line each. Safe for use by several threads.
final class Announcer {

  private final PrintWriter out;

  Announcer(PrintWriter out) {
    this.out = out;
  }

  synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  /// A line with the seconds that the thing took: `PostgreSQL 18.6 ready (1.2 s)`.
  void say(String line, Duration took) {
    say(String.format(Locale.ROOT, "%s (%.1f s)", line, took.toMillis() / 1000.0));
  }
}
