package dev.bulkhead.cli.terminal;

/// Text from elsewhere, safe for a terminal: a host's name must not move the cursor or turn the
/// line around.
public final class Printable {

  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /// The text with every control, format and line-breaking character replaced.
  public static String of(String text) {
    return text.codePoints()
        .map(c -> isPlain(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
