package dev.bulkhead.server.audit;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.AccessDenied;
import dev.bulkhead.server.database.Database;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// What was refused, gathered by address and minute and written as one record each: a flood of
/// attempts writes little, and is on the record all the same. Attempts of nobody who is known go to
/// the platform's chain, one record for each reason; those of a signed-in person to their tenant's,
/// with all reasons. Thread-safe.
@Component
public final class DeniedAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(DeniedAttempts.class);
  private static final int MAX_KEYS = 200;
  private static final String OTHERS = "others";

  private final AuditLog audit;
  private final Clock clock;
  private Map<Key, Tally> tallies = new HashMap<>();

  DeniedAttempts(AuditLog audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// @param reason what tells records of nobody apart; empty for a known person's
  private record Key(
      UUID chain,
      AuditType type,
      AuditRecord.Actor actor,
      String reason,
      String address,
      Instant minute) {
    Key fromElsewhere() {
      return new Key(chain, type, actor, reason, OTHERS, minute);
    }
  }

  private static final class Tally {
    private final TreeSet<String> reasons = new TreeSet<>();
    private int attempts;

    Tally add(int more, Iterable<String> why) {
      attempts += more;
      why.forEach(reasons::add);
      return this;
    }
  }

  private record Passed(Key key, Tally tally) {}

  /// Counts one of somebody who has not proved who they are.
  public void count(AuditType type, String reason, String address) {
    count(
        new Key(Database.PLATFORM, type, AuditEvent.ANONYMOUS, reason, address, minute()), reason);
  }

  /// Counts one of a signed-in person.
  @EventListener
  void count(AccessDenied attempt) {
    count(
        new Key(
            attempt.who().tenantId(),
            AuditType.ACCESS_DENIED,
            AuditEvent.actor(attempt.who()),
            "",
            attempt.address(),
            minute()),
        attempt.reason());
  }

  private synchronized void count(Key key, String reason) {
    final boolean room = tallies.size() < MAX_KEYS || tallies.containsKey(key);
    add(room ? key : key.fromElsewhere(), 1, List.of(reason));
  }

  private synchronized void add(Key key, int attempts, Iterable<String> reasons) {
    tallies.computeIfAbsent(key, _ -> new Tally()).add(attempts, reasons);
  }

  private Instant minute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  /// Writes the minutes that have passed.
  @Scheduled(fixedDelay = 10_000)
  void writePassed() {
    take(minute()).forEach(this::write);
  }

  @PreDestroy
  void writeAll() {
    take(Instant.MAX).forEach(this::write);
  }

  private synchronized List<Passed> take(Instant before) {
    final Map<Key, Tally> later = new HashMap<>();
    final Map<Key, Tally> passed = new HashMap<>();
    tallies.forEach(
        (key, tally) -> (key.minute().isBefore(before) ? passed : later).put(key, tally));
    tallies = later;
    return passed.entrySet().stream()
        .map(entry -> new Passed(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void write(Passed passed) {
    final Key key = passed.key();
    try {
      audit.note(
          key.chain(),
          new AuditEvent(
              key.type(),
              key.actor(),
              null,
              AuditRecord.Outcome.DENIED,
              key.address(),
              Map.of(
                  "attempts", Integer.toString(passed.tally().attempts),
                  "minute", key.minute().toString(),
                  "reason", String.join(", ", passed.tally().reasons))));
    } catch (DataAccessException away) {
      LOG.atWarn().setMessage("denied attempts kept for later").setCause(away).log();
      add(key, passed.tally().attempts, passed.tally().reasons);
    }
  }
}
