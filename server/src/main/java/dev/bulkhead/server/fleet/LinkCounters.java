package dev.bulkhead.server.fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What went wrong on hosts' links since this server's start. Thread-safe.
@Component
public final class LinkCounters {
  private final Map<HostKey, Counts> counts = new ConcurrentHashMap<>();

  /// @param messagesRefused messages that could not be read, were too large or named another host
  /// @param identityConflicts times that two live links claimed to be this host
  public record Counts(long messagesRefused, long identityConflicts) {
    private static final Counts NONE = new Counts(0, 0);
  }

  public Counts of(HostKey host) {
    return counts.getOrDefault(host, Counts.NONE);
  }

  public void countRefused(HostKey host) {
    counts.merge(
        host,
        new Counts(1, 0),
        (a, b) -> new Counts(a.messagesRefused() + 1, a.identityConflicts()));
  }

  public void countConflict(HostKey host) {
    counts.merge(
        host,
        new Counts(0, 1),
        (a, b) -> new Counts(a.messagesRefused(), a.identityConflicts() + 1));
  }
}
