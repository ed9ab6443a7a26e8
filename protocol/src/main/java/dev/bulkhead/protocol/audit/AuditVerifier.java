package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.Verdict.Broken;
import dev.bulkhead.protocol.audit.Verdict.Intact;
import dev.bulkhead.protocol.audit.Verdict.Reason;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the rows of one chain in order and finds the first that is not as it was written.
///
/// One pass, a few kilobytes of memory whatever the length. Feed it with [#accept] until that
/// returns false or the rows end, then ask [#finish()]. Not safe for several threads.
public final class AuditVerifier {

  private final String chain;
  private final long trusted;
  private final TreeMap<Long, Sha256> witnesses = new TreeMap<>();
  private final MessageDigest sha256 = Sha256.newDigest();
  private final ByteBuffer scratch = ByteBuffer.allocate(AuditRecord.MAX_LENGTH);
  private @Nullable Broken contradiction;
  private long head;
  private Sha256 headHash;
  private long witnessedUpTo;
  private @Nullable Broken broken;
  private long gapAt;

  private AuditVerifier(String chain, long after, Sha256 afterHash, Collection<Witness> witnesses) {
    this.chain = chain;
    this.trusted = after;
    this.head = after;
    this.headHash = afterHash;
    for (Witness witness : witnesses) {
      Sha256 other = this.witnesses.putIfAbsent(witness.sequence(), witness.hash());
      // Two witnesses of one record that disagree: one of them saw a chain that is gone.
      if (other != null && !other.equals(witness.hash())) {
        contradiction = new Broken(witness.sequence(), Reason.EDITED, 0);
      }
    }
    if (after > 0) {
      checkWitness(after, afterHash);
    }
  }

  /// A verifier of a whole chain.
  ///
  /// @param chain `platform` or a tenant's id
  /// @param witnesses checkpoints in any order; may be empty
  public static AuditVerifier ofChain(String chain, Collection<Witness> witnesses) {
    return new AuditVerifier(chain, 0, Sha256.ZERO, witnesses);
  }

  /// A verifier of what follows a record that is already trusted.
  public static AuditVerifier after(String chain, Witness trusted, Collection<Witness> witnesses) {
    return new AuditVerifier(chain, trusted.sequence(), trusted.hash(), witnesses);
  }

  /// Takes the next row.
  ///
  /// @param sequence the row's own sequence
  /// @param bytes the row's encoded record
  /// @param storedHash the row's hash
  /// @return whether more rows are wanted; false once the verdict is certain
  public boolean accept(long sequence, byte[] bytes, byte[] storedHash) {
    if (broken != null) {
      return false;
    }
    long expected = head + 1;
    if (gapAt != 0) {
      // A row was skipped: it is out of order if it comes later, else missing.
      return sequence != gapAt || fail(gapAt, Reason.REORDERED);
    }
    if (sequence > expected) {
      gapAt = expected;
      return true;
    }
    if (sequence < expected) {
      return fail(sequence, Reason.REORDERED);
    }
    return acceptInPlace(expected, bytes, storedHash);
  }

  private boolean acceptInPlace(long expected, byte[] bytes, byte[] storedHash) {
    sha256.update(AuditFormat.hashLabel());
    Sha256 hash = Sha256.of(sha256.digest(bytes));
    if (!hash.matches(storedHash)) {
      return fail(expected, Reason.EDITED);
    }
    AuditRecord record;
    try {
      record = AuditFormat.decode(bytes, scratch);
    } catch (AuditFormatException _) {
      return fail(expected, Reason.UNDECODABLE);
    }
    if (!record.chain().equals(chain)) {
      return fail(expected, Reason.WRONG_CHAIN);
    }
    if (record.sequence() != expected) {
      return fail(expected, Reason.REORDERED);
    }
    if (!record.previous().equals(headHash)) {
      // This record names another predecessor: that one was changed, unless somebody vouches for
      // it.
      return fail(head > Math.max(witnessedUpTo, trusted) ? head : expected, Reason.EDITED);
    }
    head = expected;
    headHash = hash;
    return checkWitness(expected, hash);
  }

  private boolean checkWitness(long sequence, Sha256 hash) {
    Sha256 seen = witnesses.get(sequence);
    if (seen == null) {
      return true;
    }
    if (!seen.equals(hash)) {
      return fail(sequence, Reason.EDITED);
    }
    witnessedUpTo = sequence;
    return true;
  }

  private boolean fail(long sequence, Reason reason) {
    broken = new Broken(sequence, reason, Math.min(witnessedUpTo, sequence - 1));
    return false;
  }

  /// The verdict over all rows that were taken.
  public Verdict finish() {
    if (broken == null && gapAt != 0) {
      fail(gapAt, Reason.MISSING);
    }
    if (broken == null && !witnesses.isEmpty() && witnesses.lastKey() > head) {
      fail(head + 1, Reason.TRUNCATED);
    }
    Broken first = broken;
    if (first != null) {
      return first;
    }
    return contradiction != null ? contradiction : new Intact(head, headHash, witnessedUpTo);
  }

  /// How many records have been found in order so far: for progress.
  public long verifiedUpTo() {
    return head;
  }
}
