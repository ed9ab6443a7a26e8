package dev.bulkhead.agent.link;

import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// An answer to a request, read whole.
///
/// @param status the status code
/// @param date the server's clock as its head tells it; may be empty
/// @param body at most 16 KiB
record HttpReply(int status, String date, String body) {

  /// Posts JSON on a connection that is used for this one request.
  static HttpReply post(TlsConnection connection, LinkAddress address, String path, String json)
      throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + "Host: "
            + address
            + "\r\n"
            + "Content-Type: application/json\r\n"
            + "Accept: application/json, application/problem+json\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n"
            + "Connection: close\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    connection.out().write(all);
    connection.out().flush();
    return read(connection.in());
  }

  static HttpReply read(InputStream in) throws IOException {
    HttpHead head = HttpHead.read(in);
    while (head.status() < 200 && head.status() != 101) {
      head = HttpHead.read(in);
    }
    byte[] body =
        head.field("transfer-encoding").equalsIgnoreCase("chunked")
            ? readChunks(in)
            : readBody(in, head.field("content-length"));
    return new HttpReply(
        head.status(), head.field("date"), new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] readBody(InputStream in, String contentLength) throws IOException {
    if (contentLength.isEmpty()) {
      byte[] body = in.readNBytes(EnrolLimits.MAX_BODY + 1);
      checkLength(body.length);
      return body;
    }
    int length = parseLength(contentLength, 10);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the answer is cut short");
    }
    return body;
  }

  private static byte[] readChunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int[] budget = {EnrolLimits.MAX_BODY};
    while (true) {
      String size = HttpHead.readLine(in, budget);
      int semicolon = size.indexOf(';');
      int length = parseLength(semicolon < 0 ? size : size.substring(0, semicolon), 16);
      if (length == 0) {
        return body.toByteArray();
      }
      checkLength(body.size() + length);
      body.writeBytes(in.readNBytes(length));
      if (!HttpHead.readLine(in, budget).isEmpty()) {
        throw new IOException("a malformed chunk");
      }
    }
  }

  private static int parseLength(String text, int radix) throws IOException {
    if (!text.matches("[0-9a-fA-F]{1,7}")) {
      throw new IOException("a malformed length");
    }
    try {
      int length = Integer.parseInt(text, radix);
      checkLength(length);
      return length;
    } catch (NumberFormatException e) {
      throw new IOException("a malformed length", e);
    }
  }

  private static void checkLength(int length) throws IOException {
    if (length > EnrolLimits.MAX_BODY) {
      throw new IOException("the answer is longer than 16 KiB");
    }
  }

  /// The body as an object; an empty one when it is no JSON.
  Json.Obj object() {
    try {
      return Json.parse(body) instanceof Json.Obj object
          ? object
          : new Json.Obj(java.util.Map.of());
    } catch (JsonFormatException _) {
      // The status says enough.
      return new Json.Obj(java.util.Map.of());
    }
  }

  /// The stable code of a problem, or empty text.
  String problemCode() {
    String code = object().findString("code");
    return code == null ? "" : code;
  }

  /// What the problem says, on one line of at most 300 characters.
  String problemDetail() {
    String detail = object().findString("detail");
    String text = detail == null ? "status " + status : detail;
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 300 ? line.substring(0, 300) : line;
  }
}
