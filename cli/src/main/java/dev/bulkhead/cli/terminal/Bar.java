package dev.bulkhead.cli.terminal;

import org.jspecify.annotations.Nullable;

/// A share as a bar: `[████    ]`.
public final class Bar {

  private static final double BUSY = 0.75;
  private static final double FULL = 0.9;

  private Bar() {}

  /// @param share 0 to 1, cut to that; null for unknown
  /// @param width of the whole, at least 3
  public static String of(@Nullable Double share, int width, Terminal terminal) {
    int room = Math.max(1, width - 2);
    double value = share == null ? 0 : Math.clamp(share, 0.0, 1.0);
    int filled = (int) Math.round(value * room);
    String bar = terminal.shape("█", "#").repeat(filled);
    return "[" + terminal.paint(style(value), bar) + " ".repeat(room - filled) + "]";
  }

  private static Style style(double share) {
    if (share >= FULL) {
      return Style.BAD;
    }
    return share >= BUSY ? Style.WARNING : Style.GOOD;
  }
}
