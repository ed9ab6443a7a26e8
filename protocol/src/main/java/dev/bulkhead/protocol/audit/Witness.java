package dev.bulkhead.protocol.audit;

import dev.bulkhead.protocol.Sha256;

/// A checkpoint that somebody else kept: at this sequence the chain had this hash.
///
/// @param sequence from 1
/// @param hash the hash of the record with that sequence
public record Witness(long sequence, Sha256 hash) {

  /// Checks the sequence.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public Witness {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence: begins at 1");
    }
  }
}
