package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;
import java.util.Locale;

/// What a verifier found out about a chain.
public sealed interface Verdict {

  /// Every record is there, in order and unchanged since its hash was made. Without witnesses this
  /// cannot tell that the newest records were cut off, or that all was written anew.
  ///
  /// @param upTo the last sequence, 0 for an empty chain
  /// @param hash the last record's hash, [Sha256#ZERO] for an empty chain
  /// @param witnessedUpTo the highest sequence that a witness confirms, 0 for none
  record Intact(long upTo, Sha256 hash, long witnessedUpTo) implements Verdict {}

  /// Something is wrong from this sequence on.
  ///
  /// @param sequence the first bad record
  /// @param reason what is wrong with it
  /// @param witnessedUpTo the highest sequence before it that a witness confirms, 0 for none
  record Broken(long sequence, Reason reason, long witnessedUpTo) implements Verdict {}

  /// What can be wrong.
  enum Reason {
    /// Its content is not what its hash, its successor or a witness says.
    EDITED,
    /// It is not there, and later ones are.
    MISSING,
    /// It stands in another's place.
    REORDERED,
    /// The chain ends before it, and a witness has seen it.
    TRUNCATED,
    /// It belongs to another chain.
    WRONG_CHAIN,
    /// Its hash is right, and its bytes are no canonical record.
    UNDECODABLE;

    /// Lower case, for output.
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
