package dev.bulkhead.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What standard output can show.
///
/// @param interactive whether a person looks at it
/// @param colour whether colours are welcome
/// @param unicode whether it can show other shapes than letters
/// @param width in columns; [#UNBOUNDED] when it is no terminal
/// @param height in lines; [#UNBOUNDED] when it is no terminal
public record Terminal(
    boolean interactive, boolean colour, boolean unicode, int width, int height) {

  /// No limit.
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  private static final int USUAL_WIDTH = 80;
  private static final int USUAL_HEIGHT = 24;

  /// A pipe or a file.
  public static Terminal plain() {
    return new Terminal(false, false, true, UNBOUNDED, UNBOUNDED);
  }

  /// This process's standard output, as it is now.
  public static Terminal ofThisProcess() {
    boolean unicode = canShowShapes();
    // Some Java versions answer with a console that is no terminal, others with none.
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
      return new Terminal(false, false, unicode, UNBOUNDED, UNBOUNDED);
    }
    Map<String, String> environment = System.getenv();
    // https://no-color.org: present and not empty.
    boolean colour =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return sized(new Terminal(true, colour, unicode, USUAL_WIDTH, USUAL_HEIGHT));
  }

  /// The same terminal with the size that its window has now.
  public Terminal resized() {
    return interactive ? sized(this) : this;
  }

  /// The text in the style's colour, where colours are welcome.
  public String paint(Style style, String text) {
    return colour ? style.paint(text) : text;
  }

  /// The shape where it can be shown, else its stand-in.
  public String shape(String shape, String standIn) {
    return unicode ? shape : standIn;
  }

  private static Terminal sized(Terminal terminal) {
    return size()
        .map(
            size ->
                new Terminal(
                    terminal.interactive, terminal.colour, terminal.unicode, size[1], size[0]))
        .orElse(terminal);
  }

  private static boolean canShowShapes() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
    return name != null && Charset.forName(name).newEncoder().canEncode("●▲■○█–…°");
  }

  /// Lines and columns, asked of the terminal itself; Java has no way of its own.
  private static Optional<int[]> size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(Path.of("/dev/tty").toFile()))
              .redirectError(Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroy();
      }
      String[] parts = answer.strip().split(" ", 2);
      int lines = Integer.parseInt(parts[0]);
      int columns = parts.length < 2 ? 0 : Integer.parseInt(parts[1]);
      return lines > 0 && columns > 0 ? Optional.of(new int[] {lines, columns}) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      // Without stty, or without a terminal of its own, the usual size has to do.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
