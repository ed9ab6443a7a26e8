package dev.bulkhead.cli.terminal;

/// What a colour means; it never speaks alone.
public enum Style {
  /// No colour.
  PLAIN(""),
  /// As it should be.
  GOOD("32"),
  /// Worth a look.
  WARNING("33"),
  /// Wrong.
  BAD("31"),
  /// Of less interest.
  QUIET("2"),
  /// A heading.
  HEADING("1");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String paint(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
