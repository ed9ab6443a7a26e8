package dev.bulkhead.agent.link;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What the link has counted, and who wants to know about a change of rate. Thread-safe.
public final class LinkState {

  private final AtomicLong ignored = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final Runnable onRateChange;
  private volatile @Nullable IOException lastEnd;

  /// @param onRateChange is called when the server asks for another interval
  public LinkState(Runnable onRateChange) {
    this.onRateChange = onRateChange;
  }

  /// Commands, packages, configurations and the like that were sent and not taken.
  public long ignored() {
    return ignored.get();
  }

  /// Messages that could not be understood.
  public long malformed() {
    return malformed.get();
  }

  /// How often the link came up.
  public long connections() {
    return connections.get();
  }

  void countIgnored(int count) {
    ignored.addAndGet(count);
  }

  void countMalformed() {
    malformed.incrementAndGet();
  }

  void countConnection() {
    lastEnd = null;
    connections.incrementAndGet();
  }

  void endedBecause(IOException cause) {
    lastEnd = cause;
  }

  @Nullable IOException lastEnd() {
    return lastEnd;
  }

  void rateChanged() {
    onRateChange.run();
  }
}
