package dev.bulkhead.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Aligned columns that fit a width: long cells are cut, then columns are left out. For one thread.
public final class Table {

  /// What stands in one place; the text is made printable.
  ///
  /// @param style how it looks, where colours are welcome
  public record Cell(String text, Style style) {
    /// Replaces what a terminal would obey.
    public Cell {
      text = Printable.of(text);
    }

    /// Without a colour.
    public static Cell of(String text) {
      return new Cell(text, Style.PLAIN);
    }
  }

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /// An empty table.
  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException unless there is a cell for each column
  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /// Adds a row without colours.
  public Table row(String... texts) {
    return row(List.of(texts).stream().map(Cell::of).toArray(Cell[]::new));
  }

  /// How many rows it has, without the heading.
  public int size() {
    return rows.size();
  }

  /// The lines, the heading first unless all titles are empty. No line ends with blanks.
  public List<String> lines(Terminal terminal) {
    int[] widths = widths(terminal.width());
    List<String> lines = new ArrayList<>();
    if (columns.stream().anyMatch(column -> !column.title().isEmpty())) {
      List<Cell> heading =
          columns.stream().map(column -> new Cell(column.title(), Style.HEADING)).toList();
      lines.add(line(heading, widths, terminal));
    }
    rows.forEach(row -> lines.add(line(row, widths, terminal)));
    return lines;
  }

  /// A width of -1 is a column that is left out.
  private int[] widths(int room) {
    int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
    while (total(least(widths)) > room && drop(widths)) {
      // One after the other, until the rest fits when cut.
    }
    int[] least = least(widths);
    int excess = total(widths) - room;
    while (excess > 0) {
      int widest = widestAbove(widths, least);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private int natural(int column) {
    int widest = columns.get(column).title().length();
    for (List<Cell> row : rows) {
      String text = row.get(column).text();
      widest = Math.max(widest, text.codePointCount(0, text.length()));
    }
    return widest;
  }

  private int[] least(int[] widths) {
    return IntStream.range(0, widths.length)
        .map(i -> Math.min(widths[i], columns.get(i).least()))
        .toArray();
  }

  private boolean drop(int[] widths) {
    int next = -1;
    for (int i = 0; i < widths.length; i++) {
      int order = columns.get(i).dropOrder();
      if (widths[i] >= 0 && order > 0 && (next < 0 || order > columns.get(next).dropOrder())) {
        next = i;
      }
    }
    if (next < 0) {
      return false;
    }
    widths[next] = -1;
    return true;
  }

  private static int widestAbove(int[] widths, int[] least) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static int total(int[] widths) {
    int shown = 0;
    int total = 0;
    for (int width : widths) {
      if (width >= 0) {
        total += width;
        shown++;
      }
    }
    return total + GAP.length() * Math.max(0, shown - 1);
  }

  private String line(List<Cell> cells, int[] widths, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] < 0) {
        continue;
      }
      String text = cut(cells.get(i).text(), widths[i], terminal);
      int free = widths[i] - text.codePointCount(0, text.length());
      int before = columns.get(i).right() ? free : 0;
      if (!text.isEmpty()) {
        line.repeat(' ', blanks + before).append(terminal.paint(cells.get(i).style(), text));
        blanks = free - before;
      } else {
        blanks += free;
      }
      blanks += GAP.length();
    }
    return line.toString();
  }

  private static String cut(String text, int width, Terminal terminal) {
    if (text.codePointCount(0, text.length()) <= width) {
      return text;
    }
    String mark = terminal.shape("…", "~");
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + mark;
  }
}
