package dev.bulkhead.agent.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A recursive-descent parser of RFC 8259, bounded in length and depth.
final class JsonParser {

  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int position;
  private int depth;

  JsonParser(String text) {
    this.text = text;
  }

  Json parseDocument() throws JsonFormatException {
    if (text.length() > MAX_LENGTH) {
      throw fail("too long");
    }
    Json value = parseValue();
    skipSpace();
    if (position != text.length()) {
      throw fail("something after the end");
    }
    return value;
  }

  private Json parseValue() throws JsonFormatException {
    skipSpace();
    return switch (peek()) {
      case '{' -> parseObject();
      case '[' -> parseArray();
      case '"' -> new Json.Str(parseString());
      case 't' -> parseWord("true", new Json.Bool(true));
      case 'f' -> parseWord("false", new Json.Bool(false));
      case 'n' -> parseWord("null", new Json.Null());
      default -> parseNumber();
    };
  }

  private Json parseObject() throws JsonFormatException {
    enter();
    Map<String, Json> members = new LinkedHashMap<>();
    if (!skipIf('}')) {
      do {
        skipSpace();
        String name = parseString();
        skipSpace();
        expect(':');
        if (members.put(name, parseValue()) != null) {
          throw fail("a name twice");
        }
        skipSpace();
      } while (skipIf(','));
      expect('}');
    }
    depth--;
    return new Json.Obj(members);
  }

  private Json parseArray() throws JsonFormatException {
    enter();
    List<Json> items = new ArrayList<>();
    if (!skipIf(']')) {
      do {
        items.add(parseValue());
        skipSpace();
      } while (skipIf(','));
      expect(']');
    }
    depth--;
    return new Json.Arr(items);
  }

  private void enter() throws JsonFormatException {
    if (++depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
    position++;
    skipSpace();
  }

  private String parseString() throws JsonFormatException {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      }
      if (c < 0x20) {
        throw fail("a control character in a text");
      }
      out.append(c == '\\' ? parseEscape() : c);
    }
  }

  private char parseEscape() throws JsonFormatException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> parseHex();
      default -> throw fail("an unknown escape");
    };
  }

  private char parseHex() throws JsonFormatException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw fail("not four hexadecimal digits");
      }
      value = (value << 4) | digit;
    }
    return (char) value;
  }

  private Json parseNumber() throws JsonFormatException {
    int begin = position;
    while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    String digits = text.substring(begin, position);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw fail("not a value");
    }
    return new Json.Num(Double.parseDouble(digits));
  }

  private Json parseWord(String word, Json value) throws JsonFormatException {
    if (!text.startsWith(word, position)) {
      throw fail("not a value");
    }
    position += word.length();
    return value;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private boolean skipIf(char c) {
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws JsonFormatException {
    if (!skipIf(c)) {
      throw fail("expected " + c);
    }
  }

  private char peek() throws JsonFormatException {
    if (position >= text.length()) {
      throw fail("cut short");
    }
    return text.charAt(position);
  }

  private char next() throws JsonFormatException {
    char c = peek();
    position++;
    return c;
  }

  private JsonFormatException fail(String why) {
    return new JsonFormatException(why + " at character " + position);
  }
}
