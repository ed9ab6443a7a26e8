package dev.bulkhead.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord.Actor;
import dev.bulkhead.protocol.audit.AuditRecord.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRecordTest {

  @Test
  void decode_returnsWhatWasEncoded_forAnyRecord() throws AuditFormatException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 1; i <= 500; i++) {
      AuditRecord record = AuditChain.randomRecord(random, i, Sha256.digest(new byte[] {(byte) i}));

      assertThat(AuditRecord.decode(record.encode())).as("seed %d", seed).isEqualTo(record);
    }
  }

  @Test
  void decode_neverReturnsARecordThatEncodesToOtherBytes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] good = AuditChain.randomRecord(random, 1, Sha256.ZERO).encode();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(good, Math.max(0, good.length + random.nextInt(5) - 2));
      for (int n = random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(AuditRecord.decode(bytes).encode()).as("seed %d", seed).isEqualTo(bytes);
      } catch (AuditFormatException _) {
        // Refusing is the usual, and right, answer.
      }
    }
  }

  @Test
  void encode_givesTheFixedBytes() {
    AuditRecord record = record("host.joined", new TreeMap<>(java.util.Map.of("k", "v")));

    assertThat(record.encode())
        .startsWith(1, 0, 0, 0, 0, 0, 0, 0, 1)
        .endsWith(0, 0, 0, 0, 0, 0, 1, 0, 1, 'k', 0, 1, 'v');
    assertThat(record.hash().toHex())
        .isEqualTo("c0d1fc9cdf35b6b1c4bbb0ebc16cc9f21ca509ecc35947ce57b54af72212960a");
  }

  @Test
  void decode_refusesUnsortedAndRepeatedDetails() {
    byte[] good = record("a.b", new TreeMap<>(java.util.Map.of("a", "1", "b", "2"))).encode();
    byte[] unsorted = good.clone();
    unsorted[unsorted.length - 4] = 'A';
    byte[] repeated = good.clone();
    repeated[repeated.length - 4] = 'a';

    for (byte[] bad : new byte[][] {unsorted, repeated}) {
      assertThatExceptionOfType(AuditFormatException.class)
          .isThrownBy(() -> AuditRecord.decode(bad));
    }
  }

  @Test
  void decode_refusesMoreThan16KiB_andOtherVersions() {
    byte[] other = record("a.b", new TreeMap<>()).encode();
    other[0] = 2;

    assertThatExceptionOfType(AuditFormatException.class)
        .isThrownBy(() -> AuditRecord.decode(new byte[16 * 1024 + 1]));
    assertThatExceptionOfType(AuditFormatException.class)
        .isThrownBy(() -> AuditRecord.decode(other));
    assertThatExceptionOfType(AuditFormatException.class)
        .isThrownBy(() -> AuditRecord.decode(new byte[0]));
  }

  @Test
  void decode_refusesTimesThatNoCalendarHolds() {
    byte[] bytes = record("a.b", new TreeMap<>()).encode();
    for (long micros : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      ByteBuffer.wrap(bytes).putLong(9, micros);

      assertThatExceptionOfType(AuditFormatException.class)
          .isThrownBy(() -> AuditRecord.decode(bytes));
    }
  }

  @Test
  void encode_staysWithin16KiB_forTheLargestRecord() {
    SortedMap<String, String> details = new TreeMap<>();
    for (int i = 0; i < 32; i++) {
      String key = String.format("%064d", i);
      details.put(key, "x".repeat(384 - 64));
    }
    String longest = "ä".repeat(64);

    AuditRecord record =
        new AuditRecord(
            "c".repeat(64),
            Long.MAX_VALUE,
            Instant.now(),
            "t".repeat(64),
            new Actor("k".repeat(32), longest, longest),
            new AuditRecord.Subject("k".repeat(32), longest),
            Outcome.FAILED,
            "r".repeat(64),
            details,
            Sha256.ZERO);

    assertThat(record.encode().length)
        .isLessThanOrEqualTo(AuditRecord.MAX_LENGTH)
        .isGreaterThan(12_000);
  }

  @Test
  void create_refusesTooManyTooLongAndBrokenDetails() {
    SortedMap<String, String> many = new TreeMap<>();
    for (int i = 0; i < 33; i++) {
      many.put("k" + i, "");
    }
    for (SortedMap<String, String> bad :
        java.util.List.<SortedMap<String, String>>of(
            many,
            new TreeMap<>(java.util.Map.of("k", "x".repeat(4097))),
            new TreeMap<>(
                java.util.Map.of(
                    "a", "x".repeat(4096), "b", "x".repeat(4096), "c", "x".repeat(4096))),
            new TreeMap<>(java.util.Map.of("k", "\ud800")),
            new TreeMap<>(java.util.Map.of("k", "x\udc00y")),
            new TreeMap<>(java.util.Map.of("not a word", "")))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> record("a.b", bad))
          .withMessageStartingWith("details");
    }
  }

  @Test
  void create_sortsByName_whateverOrderTheMapHad() throws AuditFormatException {
    SortedMap<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.put("a", "1");
    backwards.put("b", "2");

    AuditRecord record = record("a.b", backwards);

    assertThat(record.details().firstKey()).isEqualTo("a");
    assertThat(AuditRecord.decode(record.encode())).isEqualTo(record);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host.joined", ".a", "a.", "a..b", "a b", "1a", "a._b", "ä"})
  void create_refusesBadTypes(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(type, new TreeMap<>()))
        .withMessageStartingWith("type");
  }

  @Test
  void create_acceptsSnakeCaseTypes() {
    assertThatCode(() -> record("session.sign_in_failed2", new TreeMap<>()))
        .doesNotThrowAnyException();
  }

  @Test
  void create_cutsTimeToMicroseconds() {
    AuditRecord record = record("a.b", new TreeMap<>());

    assertThat(record.time()).isEqualTo(Instant.parse("2026-11-20T12:00:00.123456Z"));
    assertThat(new String(record.encode(), StandardCharsets.UTF_8)).contains("a.b");
  }

  private static AuditRecord record(String type, SortedMap<String, String> details) {
    return new AuditRecord(
        AuditRecord.PLATFORM,
        1,
        Instant.parse("2026-11-20T12:00:00.123456789Z"),
        type,
        new Actor("program", "-", "server"),
        null,
        Outcome.OK,
        null,
        details,
        Sha256.ZERO);
  }
}
