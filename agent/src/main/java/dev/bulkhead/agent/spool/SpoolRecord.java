package dev.bulkhead.agent.spool;

/// One sample as it was put in. The bytes are not copied: nobody changes them.
public final class SpoolRecord {

  private final long sequence;
  private final byte[] data;

  SpoolRecord(long sequence, byte[] data) {
    this.sequence = sequence;
    this.data = data;
  }

  /// Its place in the order; from 1.
  public long sequence() {
    return sequence;
  }

  /// The sample.
  public byte[] data() {
    return data;
  }
}
