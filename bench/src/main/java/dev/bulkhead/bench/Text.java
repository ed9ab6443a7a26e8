package dev.bulkhead.bench;

import java.util.Locale;

/// Figures as people read them.
final class Text {

  private Text() {}

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  static String mib(long kib) {
    return String.format(Locale.ROOT, "%.1f MiB", kib / 1024.0);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  static String ratio(double ours, double theirs) {
    return theirs == 0 ? "–" : String.format(Locale.ROOT, "%.2f", ours / theirs);
  }
}
