package dev.bulkhead.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.terminal.Table.Cell;
import org.junit.jupiter.api.Test;

final class TableTest {

  @Test
  void aligns_columns_and_ends_no_line_with_blanks() {
    var table = new Table(Column.left("NAME"), Column.right("CPU"), Column.left("TAGS"));
    table.row("web-1", "4.2 %", "env:prod").row("db", "100 %", "");

    assertThat(table.lines(Terminal.plain()))
        .containsExactly("NAME     CPU  TAGS", "web-1  4.2 %  env:prod", "db     100 %");
  }

  @Test
  void cuts_before_it_leaves_out() {
    var table = table("a-long-name-of-a-host", "here", "env:prod");

    assertThat(table.lines(terminal(24, false)))
        .containsExactly("NAME     WHERE  TAGS", "a-long…  here   env:prod")
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(24));
  }

  @Test
  void leaves_out_what_may_go_when_cutting_is_not_enough() {
    var table = table("a-long-name-of-a-host", "here", "env:prod");

    assertThat(table.lines(terminal(12, false))).containsExactly("NAME", "a-long-name…");
  }

  @Test
  void replaces_what_a_terminal_would_obey() {
    var table = new Table(Column.left("NAME")).row("web\u001b[2J\u202e\r\nx");

    assertThat(table.lines(Terminal.plain()).get(1)).isEqualTo("web\ufffd[2J\ufffd\ufffd\ufffdx");
  }

  @Test
  void paints_only_where_colours_are_welcome() {
    var table = new Table(Column.left("")).row(new Cell("up", Style.GOOD));

    assertThat(table.lines(terminal(80, true))).containsExactly("\u001b[32mup\u001b[0m");
    assertThat(table.lines(terminal(80, false))).containsExactly("up");
  }

  private static Table table(String name, String where, String tags) {
    return new Table(
            Column.left("NAME").cutTo(6),
            Column.left("WHERE").dropped(1),
            Column.left("TAGS").cutTo(6).dropped(2))
        .row(name, where, tags);
  }

  private static Terminal terminal(int width, boolean colour) {
    return new Terminal(true, colour, true, width, 24);
  }
}
