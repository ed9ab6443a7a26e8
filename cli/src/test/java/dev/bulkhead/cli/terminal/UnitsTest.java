package dev.bulkhead.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UnitsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void shows_shares_as_the_pages_do() {
    assertThat(Units.percent(0.042)).isEqualTo("4.2 %");
    assertThat(Units.percent(0.42)).isEqualTo("42 %");
    assertThat(Units.percent(1.0)).isEqualTo("100 %");
    assertThat(Units.percent(0.0)).isEqualTo("0 %");
    assertThat(Units.percent(null)).isEqualTo("-");
  }

  @Test
  void shows_sizes_in_binary_units() {
    assertThat(Units.bytes(512.0)).isEqualTo("512 B");
    assertThat(Units.bytes(1536.0)).isEqualTo("1.5 KiB");
    assertThat(Units.bytes(2.5276510208e10)).isEqualTo("23.5 GiB");
    assertThat(Units.rate(1024.0 * 1024)).isEqualTo("1.0 MiB/s");
  }

  @Test
  void never_shows_a_thousand_of_a_unit() {
    assertThat(Units.bytes(1023.0)).isEqualTo("1.0 KiB");
    assertThat(Units.bytes(1023.99 * 1024)).isEqualTo("1.0 MiB");
  }

  @Test
  void shows_times_in_one_unit() {
    assertThat(Units.ago(null, NOW)).isEqualTo("never");
    assertThat(Units.ago(NOW.plusSeconds(3), NOW)).isEqualTo("now");
    assertThat(Units.ago(NOW.minusSeconds(42), NOW)).isEqualTo("42 s ago");
    assertThat(Units.ago(NOW.minusSeconds(90 * 60), NOW)).isEqualTo("90 min ago");
    assertThat(Units.ago(NOW.minusSeconds(47 * 3600), NOW)).isEqualTo("47 h ago");
    assertThat(Units.ago(NOW.minusSeconds(50 * 3600), NOW)).isEqualTo("2 d ago");
  }

  @Test
  void shows_durations_in_two_units_at_most() {
    assertThat(Units.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Units.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Units.duration(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    assertThat(Units.duration(Duration.ofSeconds(-4))).isEqualTo("0 s");
  }

  @Test
  void fills_bars_by_share() {
    Terminal plain = Terminal.plain();

    assertThat(Bar.of(0.5, 6, plain)).isEqualTo("[██  ]");
    assertThat(Bar.of(7.0, 6, plain)).isEqualTo("[████]");
    assertThat(Bar.of(null, 6, plain)).isEqualTo("[    ]");
    assertThat(Bar.of(0.5, 6, new Terminal(false, false, false, 80, 24))).isEqualTo("[##  ]");
  }
}
