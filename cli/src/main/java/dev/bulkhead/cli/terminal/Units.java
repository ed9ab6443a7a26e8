package dev.bulkhead.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and times as the pages show them; `-` where there is nothing to show.
public final class Units {

  /// What stands where nothing is known.
  public static final String NOTHING = "-";

  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final double STEP = 1024;
  private static final double WIDEST = 999.95;
  private static final double ONE_DECIMAL_FROM = 0.05;
  private static final double ONE_DECIMAL_TO = 9.95;

  private Units() {}

  /// A share of one: 0.042 is `4.2 %`, 0.42 is `42 %`.
  public static String percent(@Nullable Double share) {
    if (share == null) {
      return NOTHING;
    }
    double hundredths = share * 100;
    boolean small = hundredths >= ONE_DECIMAL_FROM && hundredths < ONE_DECIMAL_TO;
    return String.format(Locale.ROOT, small ? "%.1f %%" : "%.0f %%", hundredths);
  }

  /// Binary units, one decimal: `1.5 GiB`.
  public static String bytes(@Nullable Double bytes) {
    if (bytes == null) {
      return NOTHING;
    }
    double amount = bytes;
    int unit = 0;
    while (Math.abs(amount) >= WIDEST && unit < BINARY.length - 1) {
      amount /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, BINARY[unit]);
  }

  /// Binary units a second: `12.0 KiB/s`.
  public static String rate(@Nullable Double bytesPerSecond) {
    return bytesPerSecond == null ? NOTHING : bytes(bytesPerSecond) + "/s";
  }

  /// A plain number, such as a load: `0.42`.
  public static String number(@Nullable Double value) {
    return value == null
        ? NOTHING
        : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }

  /// Two neighbouring units at most: `3 d 4 h`, `15 min`, `42 s`.
  public static String duration(Duration duration) {
    Duration whole = duration.isNegative() ? Duration.ZERO : duration;
    if (whole.toMinutes() == 0) {
      return whole.toSeconds() + " s";
    }
    if (whole.toHours() == 0) {
      return whole.toMinutes() + " min";
    }
    if (whole.toDays() == 0) {
      return two(whole.toHours(), "h", whole.toMinutesPart(), "min");
    }
    return two(whole.toDays(), "d", whole.toHoursPart(), "h");
  }

  /// One unit, rounded down: `12 s ago`.
  public static String ago(@Nullable Instant time, Instant now) {
    if (time == null) {
      return "never";
    }
    Duration age = Duration.between(time, now);
    if (age.toSeconds() < 2) {
      return "now";
    }
    return forOne(age) + " ago";
  }

  /// How long ago, in one unit, rounded down: `12 s`.
  public static String since(@Nullable Instant time, Instant now) {
    return time == null ? NOTHING : forOne(Duration.between(time, now));
  }

  private static String forOne(Duration age) {
    if (age.toHours() < 2) {
      return age.toMinutes() < 60 ? duration(age) : age.toMinutes() + " min";
    }
    return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String first = large + " " + largeUnit;
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }
}
