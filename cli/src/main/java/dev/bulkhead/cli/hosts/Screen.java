package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// A terminal's second screen, which leaves the first as it was; on anything but a terminal, frames
/// one below the other. Thread-safe.
final class Screen implements AutoCloseable {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean interactive;
  private String note = "";
  private boolean closed;

  Screen(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.interactive = terminal.interactive();
    if (interactive) {
      out.print(ENTER);
      out.flush();
      // Ctrl-C is how this is meant to end: the terminal is given back, and all is well.
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "screen"));
    }
  }

  /// Says something in the last line of the next frame.
  synchronized void note(String text) {
    note = text;
  }

  synchronized void draw(List<String> lines) {
    if (closed) {
      return;
    }
    List<String> frame = new ArrayList<>(lines);
    if (!note.isEmpty()) {
      frame.add(note);
      note = "";
    }
    if (interactive) {
      out.print(HOME + String.join(CLEAR_LINE + "\r\n", frame) + CLEAR_LINE + CLEAR_BELOW);
    } else {
      frame.forEach(out::println);
      out.println();
    }
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (interactive && !closed) {
      out.print(LEAVE);
      out.flush();
    }
    closed = true;
  }

  private synchronized void end() {
    if (!closed) {
      close();
      Runtime.getRuntime().halt(0);
    }
  }
}
