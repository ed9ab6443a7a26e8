package dev.bulkhead.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private static final Instant JOINED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HandClock clock = new HandClock();
  private final Presence presence = new Presence(clock);
  private final HostKey host = new HostKey(UUID.randomUUID(), UUID.randomUUID());

  @Test
  void host_neverHeard_isPending() {
    assertThat(state()).isEqualTo(Presence.State.PENDING);
  }

  @Test
  void host_thatFallsSilent_isLateAfterTwoIntervalsAndDownAfterThree() {
    presence.seen(host);

    pass(Duration.ofSeconds(19));
    assertThat(state()).isEqualTo(Presence.State.UP);
    pass(SECOND);
    assertThat(state()).isEqualTo(Presence.State.LATE);
    pass(Duration.ofSeconds(9));
    assertThat(state()).isEqualTo(Presence.State.LATE);
    pass(SECOND);
    assertThat(state()).isEqualTo(Presence.State.DOWN);
    assertThat(presence.standing(host, JOINED).since()).isEqualTo(clock.start);
  }

  @Test
  void host_thatSaysGoodbye_isDownAtOnce_andUpWhenItIsBack() {
    presence.seen(host);
    pass(SECOND);

    presence.left(host, true);
    assertThat(state()).isEqualTo(Presence.State.DOWN);
    pass(SECOND);
    presence.seen(host);

    assertThat(state()).isEqualTo(Presence.State.UP);
    assertThat(presence.standing(host, JOINED).since()).isEqualTo(clock.start.plusSeconds(2));
  }

  @Test
  void host_whoseLinkBreaks_keepsItsPatience() {
    presence.seen(host);

    presence.left(host, false);

    assertThat(state()).isEqualTo(Presence.State.UP);
  }

  @Test
  void host_heardRegularly_isUpSinceTheFirstTime() {
    for (int i = 0; i < 10; i++) {
      presence.seen(host);
      pass(Duration.ofSeconds(10));
    }

    assertThat(presence.standing(host, JOINED).since()).isEqualTo(clock.start);
  }

  @Test
  void allHosts_afterThisProcessSlept_getTheirPatienceAnew() {
    final List<HostKey> fleet =
        Stream.generate(() -> new HostKey(host.tenant(), UUID.randomUUID())).limit(100).toList();
    fleet.forEach(presence::seen);

    clock.now = clock.now.plus(Duration.ofHours(3));
    presence.look();

    assertThat(fleet).allMatch(one -> presence.standing(one, JOINED).state() == Presence.State.UP);
    pass(Duration.ofSeconds(30));
    assertThat(fleet)
        .allMatch(one -> presence.standing(one, JOINED).state() == Presence.State.DOWN);
  }

  @Test
  void hosts_rememberedFromBeforeAStart_areNotDownBeforeTheyHadTimeToComeBack() {
    presence.remember(host, clock.start.minus(Duration.ofDays(2)));

    assertThat(state()).isEqualTo(Presence.State.UP);
    pass(Duration.ofSeconds(30));
    assertThat(state()).isEqualTo(Presence.State.DOWN);
  }

  @Test
  void clock_thatStepsBack_raisesNoStorm() {
    presence.seen(host);

    clock.now = clock.now.minus(Duration.ofDays(1));
    presence.look();

    assertThat(state()).isEqualTo(Presence.State.UP);
    pass(Duration.ofSeconds(30));
    assertThat(state()).isEqualTo(Presence.State.DOWN);
  }

  private Presence.State state() {
    return presence.standing(host, JOINED).state();
  }

  /// Lets time pass as it does in a process that runs: with a look every second.
  private void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      clock.now = clock.now.plus(SECOND);
      presence.look();
    }
  }

  private static final class HandClock extends Clock {
    private final Instant start = Instant.parse("2026-01-02T00:00:00Z");
    private Instant now = start;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
