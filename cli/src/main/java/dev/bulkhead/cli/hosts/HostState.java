package dev.bulkhead.cli.hosts;

import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import java.util.Locale;

/// What the server thinks of a host: a shape, a word and a colour.
enum HostState {
  UP("●", "*", Style.GOOD),
  LATE("▲", "^", Style.WARNING),
  DOWN("■", "#", Style.BAD),
  PENDING("○", "o", Style.QUIET);

  private final String shape;
  private final String standIn;
  private final Style style;

  HostState(String shape, String standIn, Style style) {
    this.shape = shape;
    this.standIn = standIn;
    this.style = style;
  }

  /// A word that is not known yet, from a newer server, is shown without a shape.
  static Cell cell(String word, Terminal terminal) {
    for (HostState state : values()) {
      if (state.word().equals(word)) {
        return new Cell(terminal.shape(state.shape, state.standIn) + " " + word, state.style);
      }
    }
    return Cell.of("  " + word);
  }

  /// `up`, `late`, `down` or `pending`, as the API says it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
