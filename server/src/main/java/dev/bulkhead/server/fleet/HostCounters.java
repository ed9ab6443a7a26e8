package dev.bulkhead.server.fleet;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/// What hosts did wrong since the server's start: shown with the host, so that its owner notices.
/// Thread-safe.
@Component
public final class HostCounters {
  private final Map<HostKey, Counts> counts = new ConcurrentHashMap<>();

  private record Counts(
      LongAdder messagesRefused, LongAdder identityConflicts, LongAdder samplesLeftOut) {}

  /// A message was malformed, too large or too much.
  public void messageRefused(HostKey host) {
    of(host).messagesRefused().increment();
  }

  /// Two links claimed the same host at once.
  public void identityConflict(HostKey host) {
    of(host).identityConflicts().increment();
  }

  /// Some values of a message were of no use, or of another time.
  public void samplesLeftOut(HostKey host, int number) {
    of(host).samplesLeftOut().add(number);
  }

  /// Forgets a tenant that has ended.
  void forget(UUID tenant) {
    counts.keySet().removeIf(host -> host.tenant().equals(tenant));
  }

  HostView.CountersView view(HostKey host) {
    final Counts known = counts.get(host);
    return known == null
        ? new HostView.CountersView(0, 0, 0)
        : new HostView.CountersView(
            known.messagesRefused().sum(),
            known.identityConflicts().sum(),
            known.samplesLeftOut().sum());
  }

  private Counts of(HostKey host) {
    return counts.computeIfAbsent(
        host, key -> new Counts(new LongAdder(), new LongAdder(), new LongAdder()));
  }
}
