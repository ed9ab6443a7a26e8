package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.client.FixtureServer.Reply;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.audit.AuditRecord.Actor;
import dev.bulkhead.protocol.audit.AuditRecord.Outcome;
import dev.bulkhead.protocol.audit.AuditRecord.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A chain as a server keeps it, which somebody with its database may edit.
final class FixtureChain {

  private record Row(long sequence, String record, String hash) {
    static Row of(AuditRecord record) {
      return new Row(
          record.sequence(),
          Base64.getEncoder().encodeToString(record.encode()),
          record.hash().toHex());
    }

    String json() {
      return "{\"sequence\":%d,\"record\":\"%s\",\"hash\":\"%s\"}"
          .formatted(sequence, record, hash);
    }
  }

  private final String name;
  private final List<Row> rows = new ArrayList<>();
  private Sha256 head = Sha256.ZERO;

  private FixtureChain(String name) {
    this.name = name;
  }

  /// A chain whose records tell of `who`.
  static FixtureChain of(String name, int length, String who) {
    var chain = new FixtureChain(name);
    chain.append(length, who);
    return chain;
  }

  void append(int count, String who) {
    for (int i = 0; i < count; i++) {
      AuditRecord record = record(rows.size() + 1L, who, head);
      rows.add(Row.of(record));
      head = record.hash();
    }
  }

  /// Other content under the old hash.
  void edit(int sequence) {
    Row old = rows.get(sequence - 1);
    AuditRecord other = record(sequence, "somebody else", Sha256.ZERO);
    rows.set(
        sequence - 1,
        new Row(sequence, Base64.getEncoder().encodeToString(other.encode()), old.hash()));
  }

  /// Other content under a hash of its own, which its successor does not name.
  void rewrite(int sequence) {
    byte[] previous =
        sequence == 1
            ? Sha256.ZERO.bytes()
            : java.util.HexFormat.of().parseHex(rows.get(sequence - 2).hash());
    rows.set(sequence - 1, Row.of(record(sequence, "somebody else", Sha256.of(previous))));
  }

  void delete(int sequence) {
    rows.remove(sequence - 1);
  }

  void swap(int first, int second) {
    Row row = rows.get(first - 1);
    rows.set(first - 1, rows.get(second - 1));
    rows.set(second - 1, row);
  }

  void truncate(int length) {
    rows.subList(length, rows.size()).clear();
  }

  void garble(int sequence) {
    Row old = rows.get(sequence - 1);
    rows.set(sequence - 1, new Row(sequence, "%%%", old.hash()));
  }

  String hash(int sequence) {
    return rows.get(sequence - 1).hash();
  }

  /// What the server answers for a page.
  Reply page(Map<String, String> query) {
    long cursor = Long.parseLong(query.getOrDefault("cursor", "0"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
    List<Row> page = rows.stream().filter(row -> row.sequence() > cursor).limit(limit).toList();
    String next = page.size() == limit ? "\"" + page.getLast().sequence() + "\"" : "null";
    return Reply.ok(
        "{\"chain\":\"%s\",\"items\":[%s],\"nextCursor\":%s}"
            .formatted(name, page.stream().map(Row::json).collect(Collectors.joining(",")), next));
  }

  private AuditRecord record(long sequence, String who, Sha256 previous) {
    return new AuditRecord(
        name,
        sequence,
        Instant.ofEpochSecond(1_795_214_000L + sequence),
        "host.joined",
        new Actor("account", "a1", who),
        new Subject("host", "435b0435-92d9-4824-abeb-4be920d914a5"),
        Outcome.OK,
        "192.0.2.1",
        new TreeMap<>(Map.of("name", "web-1")),
        previous);
  }
}
