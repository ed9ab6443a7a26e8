package dev.bulkhead.server.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which hosts live, judged by this server's clock alone: late after two missed intervals, down
/// after three, or at once on a clean close. Time in which the server itself did not run counts for
/// nobody: after a start, or after a pause of the whole process, every host gets its full patience
/// anew, so that an outage of the server's own raises no storm. Thread-safe.
@Component
public final class Presence {
  /// How often a host that nobody watches reports.
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Duration LATE_AFTER = INTERVAL.multipliedBy(2);
  private static final Duration DOWN_AFTER = INTERVAL.multipliedBy(3);

  private final Clock clock;
  private final Map<HostKey, Pulse> pulses = new ConcurrentHashMap<>();
  private volatile Instant lastLook;
  // Silence before this moment may have been the server's own.
  private volatile Instant patienceFrom;

  Presence(Clock clock) {
    this.clock = clock;
    lastLook = clock.instant();
    patienceFrom = lastLook;
  }

  /// A host's state.
  public enum State {
    /// Joined and never heard of.
    PENDING,
    UP,
    LATE,
    DOWN
  }

  /// A state, and since when.
  public record Standing(State state, Instant since, @Nullable Instant lastSeenAt) {}

  private record Pulse(@Nullable Instant seen, @Nullable Instant closed) {}

  /// The host was heard.
  public void seen(HostKey host) {
    pulses.put(host, new Pulse(clock.instant(), null));
  }

  /// The host's last link ended.
  ///
  /// @param clean whether it said goodbye
  public void left(HostKey host, boolean clean) {
    if (clean) {
      pulses.computeIfPresent(host, (key, pulse) -> new Pulse(pulse.seen(), clock.instant()));
    }
  }

  /// What is remembered of a host from before this start.
  void remember(HostKey host, @Nullable Instant lastSeenAt) {
    pulses.putIfAbsent(host, new Pulse(lastSeenAt, null));
  }

  void forget(HostKey host) {
    pulses.remove(host);
  }

  /// Visits the hosts of a tenant that were heard, with the time.
  void heard(UUID tenant, BiConsumer<HostKey, Instant> visitor) {
    pulses.forEach(
        (host, pulse) -> {
          if (host.tenant().equals(tenant) && pulse.seen() != null) {
            visitor.accept(host, pulse.seen());
          }
        });
  }

  /// Called every second: notices when this process itself was away.
  void look() {
    final Instant now = clock.instant();
    if (Duration.between(lastLook, now).compareTo(INTERVAL) > 0 || now.isBefore(lastLook)) {
      patienceFrom = now;
    }
    lastLook = now;
  }

  /// How a host stands now.
  ///
  /// @param joinedAt since when it is pending, if it was never heard
  Standing standing(HostKey host, Instant joinedAt) {
    final Pulse pulse = pulses.get(host);
    final Instant seen = pulse == null ? null : pulse.seen();
    if (pulse == null || seen == null) {
      return new Standing(State.PENDING, joinedAt, null);
    }
    final Instant closed = pulse.closed();
    if (closed != null) {
      return new Standing(State.DOWN, closed, seen);
    }
    final Instant from = seen.isAfter(patienceFrom) ? seen : patienceFrom;
    final Duration silence = Duration.between(from, clock.instant());
    if (silence.compareTo(DOWN_AFTER) >= 0) {
      return new Standing(State.DOWN, seen, seen);
    }
    if (silence.compareTo(LATE_AFTER) >= 0) {
      return new Standing(State.LATE, seen, seen);
    }
    return new Standing(State.UP, seen, seen);
  }
}
