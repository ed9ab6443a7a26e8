package dev.bulkhead.server.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes a problem where no controller is at work: in front of the routes, and for requests that
/// are no requests.
final class ProblemWriter {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProblemWriter() {}

  static byte[] body(ProblemType type, @Nullable String detail) {
    return JSON.writeValueAsBytes(Problem.of(type, detail));
  }

  static byte[] body(ProblemType type, int status) {
    return JSON.writeValueAsBytes(Problem.of(type, status, null, java.util.List.of()));
  }

  static void write(Response response, Callback callback, ProblemType type) {
    response.setStatus(type.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, CONTENT_TYPE);
    if (type == ProblemType.METHOD_NOT_ALLOWED) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST, PUT, DELETE");
    }
    response.write(true, ByteBuffer.wrap(body(type, (String) null)), callback);
  }
}
