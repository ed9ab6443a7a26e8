package dev.bulkhead.server.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers what never reached a controller, above all requests that the HTTP parser refused: a bare
/// problem, with the headers of every answer, and nothing of the cause.
final class EdgeErrorHandler extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    final int status = response.getStatus() >= 400 ? response.getStatus() : 400;
    final HttpFields.Mutable headers = response.getHeaders();
    EdgeHeaders.apply(headers, request.isSecure()).forEach(headers::put);
    headers.put(HttpHeader.CONTENT_TYPE, ProblemWriter.CONTENT_TYPE);
    response.setStatus(status);
    response.write(
        true, ByteBuffer.wrap(ProblemWriter.body(ProblemType.ofStatus(status), status)), callback);
    return true;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }
}
