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

  // Up since: when it was first heard after a silence, or after this start.
  private record Pulse(
      @Nullable Instant seen, @Nullable Instant closed, @Nullable Instant upSince) {}

  /// The host was heard.
  public void seen(HostKey host) {
    final Instant now = clock.instant();
    pulses.compute(
        host,
        (key, before) -> {
          final boolean stays = before != null && stateOf(before, now) == State.UP;
          final Instant upSince = stays && before.upSince() != null ? before.upSince() : now;
          return new Pulse(now, null, upSince);
        });
  }

  /// The host's last link ended.
  ///
  /// @param clean whether it said goodbye
  public void left(HostKey host, boolean clean) {
    if (clean) {
      pulses.computeIfPresent(
          host, (key, pulse) -> new Pulse(pulse.seen(), clock.instant(), pulse.upSince()));
    }
  }

  /// What is remembered of a host from before this start.
  void remember(HostKey host, @Nullable Instant lastSeenAt) {
    pulses.putIfAbsent(host, new Pulse(lastSeenAt, null, null));
  }

  void forget(HostKey host) {
    pulses.remove(host);
  }

  void forget(UUID tenant) {
    pulses.keySet().removeIf(host -> host.tenant().equals(tenant));
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
    final State state = stateOf(pulse, clock.instant());
    final Instant since =
        switch (state) {
          case UP -> pulse.upSince();
          case DOWN -> pulse.closed();
          case LATE, PENDING -> null;
        };
    return new Standing(state, since == null ? seen : since, seen);
  }

  private State stateOf(Pulse pulse, Instant now) {
    final Instant seen = pulse.seen();
    if (seen == null) {
      return State.PENDING;
    }
    if (pulse.closed() != null) {
      return State.DOWN;
    }
    // A time to come was noted before the clock was set back, and says nothing.
    final boolean counts = seen.isAfter(patienceFrom) && !seen.isAfter(now);
    final Duration silence = Duration.between(counts ? seen : patienceFrom, now);
    if (silence.compareTo(DOWN_AFTER) >= 0) {
      return State.DOWN;
    }
    return silence.compareTo(LATE_AFTER) >= 0 ? State.LATE : State.UP;
  }
}
