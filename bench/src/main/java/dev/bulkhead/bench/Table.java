package dev.bulkhead.bench;

import java.util.ArrayList;
import java.util.List;

/// What a measurement found, one row for each figure.
final class Table {

  private final String title;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException when it has not as many cells as there are columns
  Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row has " + columns.size() + " cells");
    }
    rows.add(List.of(cells));
    return this;
  }

  Table note(String note) {
    notes.add(note);
    return this;
  }

  String toMarkdown(Machine machine) {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(title).append("\n\n").append(machine.toMarkdown()).append("\n\n");
    line(out, columns);
    line(out, columns.stream().map(_ -> "---").toList());
    rows.forEach(row -> line(out, row));
    notes.forEach(note -> out.append("\n").append(note).append("\n"));
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
