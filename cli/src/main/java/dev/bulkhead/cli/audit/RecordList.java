package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.audit.ChainPages.Row;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.terminal.Column;
import dev.bulkhead.cli.terminal.Style;
import dev.bulkhead.cli.terminal.Table;
import dev.bulkhead.cli.terminal.Table.Cell;
import dev.bulkhead.cli.terminal.Terminal;
import dev.bulkhead.protocol.audit.AuditFormatException;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.audit.AuditRecord.Outcome;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Prints records, decoded.
final class RecordList {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());
  private static final int ID_SHOWN = 8;

  private final PrintWriter out;

  RecordList(PrintWriter out) {
    this.out = out;
  }

  void printJson(ChainPages pages, long after, long limit) throws InterruptedException {
    pages.read(after, limit, taker(row -> out.println(json(row))));
    out.flush();
  }

  void print(ChainPages pages, long after, long limit, Terminal terminal)
      throws InterruptedException {
    var table =
        new Table(
            Column.right("N"),
            Column.left("TIME"),
            Column.left("WHAT").cutTo(24),
            Column.left("OUTCOME"),
            Column.left("WHO").cutTo(8),
            Column.left("FROM").dropped(2),
            Column.left("TO").cutTo(8).dropped(3),
            Column.left("DETAILS").cutTo(12).dropped(4));
    pages.read(after, limit, taker(row -> table.row(cells(row))));
    if (table.size() == 0) {
      out.println(after == 0 ? "No records yet." : "No records after " + after + ".");
    } else {
      table.lines(terminal).forEach(out::println);
    }
    out.flush();
  }

  private static ChainPages.Taker taker(Consumer<Row> rows) {
    return new ChainPages.Taker() {
      @Override
      public void begin(String chain) {
        // A list shows what it gets.
      }

      @Override
      public boolean take(Row row) {
        rows.accept(row);
        return true;
      }
    };
  }

  private static Optional<AuditRecord> decode(Row row) {
    try {
      return Optional.of(AuditRecord.decode(row.bytes()));
    } catch (AuditFormatException e) {
      // Shown as what it is: a row that is no record.
      return Optional.empty();
    }
  }

  private static Cell[] cells(Row row) {
    Cell sequence = Cell.of(Long.toString(row.sequence()));
    Cell none = Cell.of("");
    return decode(row)
        .map(
            record ->
                new Cell[] {
                  sequence,
                  Cell.of(TIME.format(record.time())),
                  Cell.of(record.type()),
                  new Cell(record.outcome().code(), style(record.outcome())),
                  Cell.of(record.actor().name()),
                  Cell.of(Optional.ofNullable(record.remoteAddress()).orElse("")),
                  Cell.of(subject(record)),
                  Cell.of(details(record.details()))
                })
        .orElseGet(
            () ->
                new Cell[] {
                  sequence, none, new Cell("not readable", Style.BAD), none, none, none, none, none
                });
  }

  private static Style style(Outcome outcome) {
    return switch (outcome) {
      case OK -> Style.PLAIN;
      case DENIED -> Style.WARNING;
      case FAILED -> Style.BAD;
    };
  }

  private static String subject(AuditRecord record) {
    return Optional.ofNullable(record.subject())
        .map(
            subject ->
                subject.kind()
                    + " "
                    + subject.id().substring(0, Math.min(ID_SHOWN, subject.id().length())))
        .orElse("");
  }

  private static String details(Map<String, String> details) {
    return details.entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String json(Row row) {
    ObjectNode json = Json.object();
    json.put("sequence", row.sequence()).put("hash", HexFormat.of().formatHex(row.hash()));
    decode(row).ifPresentOrElse(record -> fill(json, record), () -> json.put("readable", false));
    return Json.line(json);
  }

  private static void fill(ObjectNode json, AuditRecord record) {
    json.put("chain", record.chain())
        .put("time", record.time().toString())
        .put("type", record.type())
        .put("outcome", record.outcome().code());
    json.putObject("actor")
        .put("kind", record.actor().kind())
        .put("id", record.actor().id())
        .put("name", record.actor().name());
    json.putNull("subject");
    Optional.ofNullable(record.subject())
        .ifPresent(
            subject ->
                json.putObject("subject").put("kind", subject.kind()).put("id", subject.id()));
    json.put("remoteAddress", record.remoteAddress());
    ObjectNode details = json.putObject("details");
    record.details().forEach(details::put);
    json.put("previous", record.previous().toHex());
  }
}
