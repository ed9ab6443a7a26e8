package dev.bulkhead.agent.link;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Status line and fields of an HTTP/1.1 answer, at most 16 KiB of them.
///
/// @param status 100 to 599
/// @param fields names in lower case; of repeated ones the last
record HttpHead(int status, Map<String, String> fields) {

  private static final int MAX_LENGTH = 16 * 1024;

  HttpHead {
    fields = Map.copyOf(fields);
  }

  static HttpHead read(InputStream in) throws IOException {
    int[] budget = {MAX_LENGTH};
    String line = readLine(in, budget);
    if (!line.matches("HTTP/1\\.1 [1-5][0-9]{2}( .*)?")) {
      throw new IOException("not an HTTP answer");
    }
    int status = Integer.parseInt(line.substring(9, 12));
    Map<String, String> fields = new HashMap<>();
    for (line = readLine(in, budget); !line.isEmpty(); line = readLine(in, budget)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("a malformed field in an HTTP answer");
      }
      fields.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new HttpHead(status, fields);
  }

  /// The field's value, or empty text.
  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  static String readLine(InputStream in, int[] budget) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server ended the connection without an answer");
      }
      if (--budget[0] < 0) {
        throw new IOException("the head of an HTTP answer is too long");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
