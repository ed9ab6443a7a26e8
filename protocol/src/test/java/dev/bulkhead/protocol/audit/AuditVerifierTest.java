package dev.bulkhead.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditChain.Row;
import dev.bulkhead.protocol.audit.Verdict.Broken;
import dev.bulkhead.protocol.audit.Verdict.Intact;
import dev.bulkhead.protocol.audit.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void finish_isIntact_forAnHonestChain() {
    List<Row> rows = AuditChain.create(random, 50);

    Verdict verdict =
        AuditChain.verify(rows, List.of(rows.get(9).witness(), rows.get(29).witness()));

    assertThat(verdict).isEqualTo(new Intact(50, Sha256.of(rows.get(49).hash()), 30));
  }

  @Test
  void finish_isIntact_forAnEmptyChain() {
    assertThat(AuditChain.verify(List.of(), List.of())).isEqualTo(new Intact(0, Sha256.ZERO, 0));
  }

  @Test
  void finish_namesTheRow_forAnyChangedByte() {
    List<Row> rows = AuditChain.create(random, 6);
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      for (int i = 0; i < row.bytes().length; i++) {
        byte[] bytes = row.bytes().clone();
        bytes[i] ^= (byte) (1 + random.nextInt(255));

        List<Row> edited = with(rows, r, new Row(row.sequence(), bytes, row.hash()));

        assertThat(AuditChain.verify(edited, List.of()))
            .as("seed %d row %d byte %d", seed, r, i)
            .isEqualTo(new Broken(r + 1, Reason.EDITED, 0));
      }
    }
  }

  @Test
  void finish_namesTheRow_whenItWasWrittenAnewWithItsHash() {
    List<Row> rows = AuditChain.create(random, 10);
    AuditRecord forged = AuditChain.randomRecord(random, 4, Sha256.of(rows.get(2).hash()));

    List<Row> edited = with(rows, 3, AuditChain.row(forged));

    assertThat(AuditChain.verify(edited, List.of())).isEqualTo(new Broken(4, Reason.EDITED, 0));
  }

  @Test
  void finish_finds_aChainWrittenAnewFromSomewhereOn_byItsWitness() {
    List<Row> rows = AuditChain.create(random, 10);
    List<Row> forged = new ArrayList<>(rows.subList(0, 3));
    for (int i = 4; i <= 10; i++) {
      Sha256 previous = Sha256.of(forged.getLast().hash());
      forged.add(AuditChain.row(AuditChain.randomRecord(random, i, previous)));
    }

    assertThat(AuditChain.verify(forged, List.of())).isInstanceOf(Intact.class);
    assertThat(AuditChain.verify(forged, List.of(rows.get(1).witness(), rows.get(6).witness())))
        .isEqualTo(new Broken(7, Reason.EDITED, 2));
  }

  @Test
  void finish_findsAnyRemovedRow() {
    List<Row> rows = AuditChain.create(random, 10);
    for (int r = 0; r < 9; r++) {
      List<Row> shorter = new ArrayList<>(rows);
      shorter.remove(r);

      assertThat(AuditChain.verify(shorter, List.of()))
          .isEqualTo(new Broken(r + 1, Reason.MISSING, 0));
    }
  }

  @Test
  void finish_findsARemovedRow_whenTheRestWasRenumbered() {
    List<Row> rows = AuditChain.create(random, 10);
    List<Row> shorter = new ArrayList<>(rows);
    shorter.remove(4);
    List<Row> renumbered = new ArrayList<>();
    for (int i = 0; i < shorter.size(); i++) {
      renumbered.add(new Row(i + 1, shorter.get(i).bytes(), shorter.get(i).hash()));
    }

    assertThat(AuditChain.verify(renumbered, List.of()))
        .isEqualTo(new Broken(5, Reason.REORDERED, 0));
  }

  @Test
  void finish_findsAnySwappedRows() {
    List<Row> rows = AuditChain.create(random, 8);
    for (int a = 0; a < 8; a++) {
      for (int b = a + 1; b < 8; b++) {
        List<Row> swapped = with(with(rows, a, rows.get(b)), b, rows.get(a));
        Row atA = new Row(a + 1, rows.get(b).bytes(), rows.get(b).hash());
        Row atB = new Row(b + 1, rows.get(a).bytes(), rows.get(a).hash());
        List<Row> relabelled = with(with(rows, a, atA), b, atB);

        Broken expected = new Broken(a + 1, Reason.REORDERED, 0);
        assertThat(AuditChain.verify(swapped, List.of())).isEqualTo(expected);
        assertThat(AuditChain.verify(relabelled, List.of())).isEqualTo(expected);
      }
    }
  }

  @Test
  void finish_findsTruncation_againstAWitness() {
    List<Row> rows = AuditChain.create(random, 10);

    assertThat(AuditChain.verify(rows.subList(0, 6), List.of(rows.get(8).witness())))
        .isEqualTo(new Broken(7, Reason.TRUNCATED, 0));
    assertThat(AuditChain.verify(List.of(), List.of(rows.get(8).witness())))
        .isEqualTo(new Broken(1, Reason.TRUNCATED, 0));
  }

  @Test
  void finish_findsARepeatedRow() {
    List<Row> rows = new ArrayList<>(AuditChain.create(random, 5));
    rows.add(3, rows.get(2));

    assertThat(AuditChain.verify(rows, List.of())).isEqualTo(new Broken(3, Reason.REORDERED, 0));
  }

  @Test
  void finish_findsAnotherChainsRow() {
    List<Row> rows = AuditChain.create(random, 3);
    AuditVerifier verifier = AuditVerifier.ofChain("other", List.of());

    Row first = rows.getFirst();
    boolean more = verifier.accept(first.sequence(), first.bytes(), first.hash());

    assertThat(more).isFalse();
    assertThat(verifier.finish()).isEqualTo(new Broken(1, Reason.WRONG_CHAIN, 0));
  }

  @Test
  void finish_findsBytesThatAreNoRecord() {
    byte[] bytes = {1, 2, 3};

    Row row = new Row(1, bytes, AuditRecord.hashOf(bytes).bytes());

    assertThat(AuditChain.verify(List.of(row), List.of()))
        .isEqualTo(new Broken(1, Reason.UNDECODABLE, 0));
  }

  @Test
  void finish_isBroken_whenWitnessesContradictEachOther() {
    List<Row> rows = AuditChain.create(random, 3);
    Witness liar = new Witness(2, Sha256.digest(new byte[] {1}));

    assertThat(AuditChain.verify(rows, List.of(rows.get(1).witness(), liar)))
        .isEqualTo(new Broken(2, Reason.EDITED, 0));
    assertThat(AuditChain.verify(rows, List.of(liar, rows.get(1).witness())))
        .isEqualTo(new Broken(2, Reason.EDITED, 0));
  }

  @Test
  void after_continuesFromATrustedRecord() {
    List<Row> rows = AuditChain.create(random, 10);
    AuditVerifier verifier = AuditVerifier.after(AuditChain.NAME, rows.get(4).witness(), List.of());

    for (Row row : rows.subList(5, 10)) {
      assertThat(verifier.accept(row.sequence(), row.bytes(), row.hash())).isTrue();
    }

    assertThat(verifier.finish()).isEqualTo(new Intact(10, Sha256.of(rows.get(9).hash()), 0));
  }

  private static List<Row> with(List<Row> rows, int index, Row row) {
    List<Row> copy = new ArrayList<>(rows);
    copy.set(index, row);
    return copy;
  }
}
