package dev.bulkhead.server.audit;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.database.Database;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Failures of people who have not proved who they are, gathered by kind, address and minute and
/// written to the platform's chain as one record each: a flood of guesses writes little, and is on
/// the record all the same. Thread-safe.
@Component
public final class DeniedAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(DeniedAttempts.class);
  private static final int MAX_KEYS = 200;
  private static final String OTHERS = "others";

  private final AuditLog audit;
  private final Clock clock;
  private Map<Key, Integer> counts = new HashMap<>();

  DeniedAttempts(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  private record Key(AuditType type, String reason, String address, Instant minute) {}

  /// Counts one.
  public synchronized void count(AuditType type, String reason, String address) {
    final Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    final Key key = new Key(type, reason, address, minute);
    final Key kept =
        counts.size() < MAX_KEYS || counts.containsKey(key)
            ? key
            : new Key(type, reason, OTHERS, minute);
    counts.merge(kept, 1, Integer::sum);
  }

  /// Writes the minutes that have passed.
  @Scheduled(fixedDelay = 10_000)
  void writePassed() {
    final Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    write(take(minute));
  }

  @PreDestroy
  void writeAll() {
    write(take(Instant.MAX));
  }

  private synchronized List<Map.Entry<Key, Integer>> take(Instant before) {
    final Map<Key, Integer> later = new HashMap<>();
    final Map<Key, Integer> passed = new HashMap<>();
    counts.forEach(
        (key, count) -> (key.minute().isBefore(before) ? passed : later).put(key, count));
    counts = later;
    return List.copyOf(passed.entrySet());
  }

  private void write(List<Map.Entry<Key, Integer>> passed) {
    for (Map.Entry<Key, Integer> entry : passed) {
      final Key key = entry.getKey();
      try {
        audit.note(
            Database.PLATFORM,
            new AuditEvent(
                key.type(),
                AuditEvent.ANONYMOUS,
                null,
                AuditRecord.Outcome.DENIED,
                key.address(),
                Map.of(
                    "attempts", entry.getValue().toString(),
                    "minute", key.minute().toString(),
                    "reason", key.reason())));
      } catch (DataAccessException away) {
        LOG.atWarn().setMessage("denied attempts kept for later").setCause(away).log();
        putBack(key, entry.getValue());
      }
    }
  }

  private synchronized void putBack(Key key, int count) {
    counts.merge(key, count, Integer::sum);
  }
}
