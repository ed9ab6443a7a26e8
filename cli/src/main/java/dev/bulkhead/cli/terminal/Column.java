package dev.bulkhead.cli.terminal;

/// A column of a table.
///
/// @param title its heading; empty for none
/// @param right whether its cells stand at the right
/// @param least the width down to which it may be cut; its content's width when it may not
/// @param dropOrder the higher, the earlier it goes when there is no room; 0 for never
public record Column(String title, boolean right, int least, int dropOrder) {

  private static final int NEVER_CUT = Integer.MAX_VALUE;

  /// Text at the left.
  public static Column left(String title) {
    return new Column(title, false, NEVER_CUT, 0);
  }

  /// Numbers at the right.
  public static Column right(String title) {
    return new Column(title, true, NEVER_CUT, 0);
  }

  /// May be cut to this width, with an ellipsis.
  public Column cutTo(int width) {
    return new Column(title, right, width, dropOrder);
  }

  /// May be left out where there is no room.
  public Column dropped(int order) {
    return new Column(title, right, least, order);
  }
}
