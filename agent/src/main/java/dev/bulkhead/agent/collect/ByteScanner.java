package dev.bulkhead.agent.collect;

import java.nio.charset.StandardCharsets;

/// Walks lines and words of text in a byte array without making objects.
///
/// A word ends at a blank; a line ends at LF. Whatever is malformed or cut short yields −1, NaN or
/// false, never an exception. Not thread-safe.
final class ByteScanner {

  private byte[] bytes = new byte[0];
  private int end;
  private int lineEnd;
  private int position;
  private int nextLine;

  /// Scans the first `length` bytes; [#nextLine()] goes to the first line.
  void reset(byte[] content, int length) {
    bytes = content;
    end = length;
    position = 0;
    lineEnd = 0;
    nextLine = 0;
  }

  /// Goes to the start of the next line; false at the end.
  boolean nextLine() {
    if (nextLine >= end) {
      return false;
    }
    position = nextLine;
    int i = position;
    while (i < end && bytes[i] != '\n') {
      i++;
    }
    lineEnd = i;
    nextLine = i + 1;
    return true;
  }

  /// Whether the rest of the line begins with this; steps over it if so.
  boolean skipPrefix(byte[] prefix) {
    if (lineEnd - position < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[position + i] != prefix[i]) {
        return false;
      }
    }
    position += prefix.length;
    return true;
  }

  /// Steps over blanks and `count` words.
  void skipWords(int count) {
    for (int i = 0; i < count; i++) {
      skipBlanks();
      skipWord();
    }
  }

  /// The next word as a whole number; −1 when there is none or a long cannot hold it.
  long number() {
    skipBlanks();
    long value = 0;
    int digits = 0;
    boolean tooLarge = false;
    while (position < lineEnd && bytes[position] >= '0' && bytes[position] <= '9') {
      int digit = bytes[position] - '0';
      tooLarge |= value > (Long.MAX_VALUE - digit) / 10;
      value = value * 10 + digit;
      position++;
      digits++;
    }
    return digits == 0 || tooLarge ? -1 : value;
  }

  /// The next word as a decimal number, which may have a sign; NaN when it is none.
  double decimal() {
    skipBlanks();
    boolean negative = position < lineEnd && bytes[position] == '-';
    if (negative) {
      position++;
    }
    long whole = number();
    if (whole < 0) {
      return Double.NaN;
    }
    double value = whole;
    if (position < lineEnd && bytes[position] == '.') {
      position++;
      double scale = 0.1;
      while (position < lineEnd && bytes[position] >= '0' && bytes[position] <= '9') {
        value += (bytes[position++] - '0') * scale;
        scale /= 10;
      }
    }
    return negative ? -value : value;
  }

  /// The next word as text; empty at the end of the line.
  String word() {
    skipBlanks();
    int from = position;
    skipWord();
    return text(from, position);
  }

  /// Text between two positions of the content.
  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// Steps over blanks.
  void skipBlanks() {
    while (position < lineEnd && (bytes[position] == ' ' || bytes[position] == '\t')) {
      position++;
    }
  }

  /// Steps to just behind the first such byte in the line; false when there is none.
  boolean skipPast(byte wanted) {
    for (int i = position; i < lineEnd; i++) {
      if (bytes[i] == wanted) {
        position = i + 1;
        return true;
      }
    }
    return false;
  }

  /// Steps to just behind the last such byte of the whole content; false when there is none.
  boolean skipPastLast(byte wanted) {
    for (int i = end - 1; i >= position; i--) {
      if (bytes[i] == wanted) {
        position = i + 1;
        lineEnd = end;
        return true;
      }
    }
    return false;
  }

  /// Whether a word begins here with this byte.
  boolean at(byte wanted) {
    return position < lineEnd && bytes[position] == wanted;
  }

  int position() {
    return position;
  }

  byte[] content() {
    return bytes;
  }

  private void skipWord() {
    while (position < lineEnd && bytes[position] != ' ' && bytes[position] != '\t') {
      position++;
    }
  }
}
