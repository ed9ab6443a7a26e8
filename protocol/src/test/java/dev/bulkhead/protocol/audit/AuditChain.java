package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord.Actor;
import dev.bulkhead.protocol.audit.AuditRecord.Outcome;
import dev.bulkhead.protocol.audit.AuditRecord.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// A seeded chain of rows as a store would keep them.
final class AuditChain {

  static final String NAME = "platform";

  static final class Row {

    private final long sequence;
    private final byte[] bytes;
    private final byte[] hash;

    Row(long sequence, byte[] bytes, byte[] hash) {
      this.sequence = sequence;
      this.bytes = bytes;
      this.hash = hash;
    }

    long sequence() {
      return sequence;
    }

    byte[] bytes() {
      return bytes;
    }

    byte[] hash() {
      return hash;
    }

    Witness witness() {
      return new Witness(sequence, Sha256.of(hash));
    }
  }

  private AuditChain() {}

  static List<Row> create(Random random, int length) {
    List<Row> rows = new ArrayList<>();
    Sha256 previous = Sha256.ZERO;
    for (int i = 1; i <= length; i++) {
      Row row = row(randomRecord(random, i, previous));
      rows.add(row);
      previous = Sha256.of(row.hash());
    }
    return rows;
  }

  static Row row(AuditRecord record) {
    byte[] bytes = record.encode();
    return new Row(record.sequence(), bytes, AuditRecord.hashOf(bytes).bytes());
  }

  static AuditRecord randomRecord(Random random, long sequence, Sha256 previous) {
    SortedMap<String, String> details = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      details.put("key" + random.nextInt(50), "wert äöü €😀 " + random.nextInt());
    }
    return new AuditRecord(
        NAME,
        sequence,
        Instant.ofEpochSecond(1_700_000_000L + sequence, random.nextInt(1_000_000) * 1_000L),
        random.nextBoolean() ? "host.joined" : "session.sign_in_failed",
        new Actor("account", "a" + random.nextInt(9), "Jörg"),
        random.nextBoolean() ? new Subject("host", "h" + random.nextInt()) : null,
        List.of(Outcome.values()).get(random.nextInt(3)),
        random.nextBoolean() ? "192.0.2.1" : null,
        details,
        previous);
  }

  static Verdict verify(List<Row> rows, List<Witness> witnesses) {
    AuditVerifier verifier = AuditVerifier.ofChain(NAME, witnesses);
    for (Row row : rows) {
      if (!verifier.accept(row.sequence(), row.bytes(), row.hash())) {
        break;
      }
    }
    return verifier.finish();
  }
}
