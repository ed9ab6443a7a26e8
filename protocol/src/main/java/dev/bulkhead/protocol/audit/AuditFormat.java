package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord.Actor;
import dev.bulkhead.protocol.audit.AuditRecord.Outcome;
import dev.bulkhead.protocol.audit.AuditRecord.Subject;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The canonical bytes of a record: version 1 ‖ sequence 8 ‖ microseconds since 1970, 8 ‖ previous
/// hash 32 ‖ outcome 1 (0 ok, 1 denied, 2 failed) ‖ chain ‖ type ‖ actor kind, id, name ‖ subject
/// kind, id ‖ remote address ‖ count of details 1 ‖ name and value of each, sorted. A text is a
/// length of 2 bytes and UTF-8; no subject and no address are empty texts. Integers are big-endian.
final class AuditFormat {

  static final byte VERSION = 1;
  private static final byte[] HASH_LABEL = "bulkhead/audit/1\0".getBytes(StandardCharsets.US_ASCII);

  private AuditFormat() {}

  static byte[] hashLabel() {
    return HASH_LABEL;
  }

  static byte[] encode(AuditRecord record) {
    ByteBuffer out = ByteBuffer.allocate(AuditRecord.MAX_LENGTH);
    write(record, out);
    return Arrays.copyOf(out.array(), out.position());
  }

  static AuditRecord decode(byte[] bytes) throws AuditFormatException {
    return decode(bytes, ByteBuffer.allocate(AuditRecord.MAX_LENGTH));
  }

  /// Decodes with a buffer of [AuditRecord#MAX_LENGTH] that the caller lends, for long chains.
  static AuditRecord decode(byte[] bytes, ByteBuffer scratch) throws AuditFormatException {
    if (bytes.length > AuditRecord.MAX_LENGTH) {
      throw new AuditFormatException("longer than 16 KiB");
    }
    AuditRecord record;
    try {
      record = read(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException _) {
      throw new AuditFormatException("cut short");
    } catch (IllegalArgumentException e) {
      throw new AuditFormatException(String.valueOf(e.getMessage()));
    }
    // One rule refuses unsorted and repeated details, bad UTF-8 and bytes at the end.
    scratch.clear();
    write(record, scratch);
    if (!scratch.flip().equals(ByteBuffer.wrap(bytes))) {
      throw new AuditFormatException("not in canonical form");
    }
    return record;
  }

  private static void write(AuditRecord record, ByteBuffer out) {
    out.put(VERSION);
    out.putLong(record.sequence());
    out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, record.time()));
    out.put(record.previous().bytes());
    out.put(outcomeByte(record.outcome()));
    writeText(out, record.chain());
    writeText(out, record.type());
    writeText(out, record.actor().kind());
    writeText(out, record.actor().id());
    writeText(out, record.actor().name());
    Subject subject = record.subject();
    writeText(out, subject == null ? "" : subject.kind());
    writeText(out, subject == null ? "" : subject.id());
    String remoteAddress = record.remoteAddress();
    writeText(out, remoteAddress == null ? "" : remoteAddress);
    out.put((byte) record.details().size());
    for (var entry : record.details().entrySet()) {
      writeText(out, entry.getKey());
      writeText(out, entry.getValue());
    }
  }

  private static AuditRecord read(ByteBuffer in) {
    if (in.get() != VERSION) {
      throw new IllegalArgumentException("version: only 1 is known");
    }
    long sequence = in.getLong();
    Instant time = AuditLimits.timeOfMicros(in.getLong());
    byte[] previous = new byte[Sha256.LENGTH];
    in.get(previous);
    Outcome outcome = outcomeOf(in.get());
    String chain = readText(in);
    String type = readText(in);
    Actor actor = new Actor(readText(in), readText(in), readText(in));
    Subject subject = readSubject(in);
    String remoteAddress = readText(in);
    SortedMap<String, String> details = new TreeMap<>();
    int count = in.get();
    for (int i = 0; i < count; i++) {
      details.put(readText(in), readText(in));
    }
    return new AuditRecord(
        chain,
        sequence,
        time,
        type,
        actor,
        subject,
        outcome,
        remoteAddress.isEmpty() ? null : remoteAddress,
        details,
        Sha256.of(previous));
  }

  private static @Nullable Subject readSubject(ByteBuffer in) {
    String kind = readText(in);
    String id = readText(in);
    return kind.isEmpty() && id.isEmpty() ? null : new Subject(kind, id);
  }

  private static void writeText(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String readText(ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte outcomeByte(Outcome outcome) {
    return switch (outcome) {
      case OK -> 0;
      case DENIED -> 1;
      case FAILED -> 2;
    };
  }

  private static Outcome outcomeOf(byte value) {
    return switch (value) {
      case 0 -> Outcome.OK;
      case 1 -> Outcome.DENIED;
      case 2 -> Outcome.FAILED;
      default -> throw new IllegalArgumentException("outcome: not known");
    };
  }
}
