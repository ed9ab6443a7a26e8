package dev.bulkhead.server.link;

import dev.bulkhead.server.web.Problem;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The link's failures as `application/problem+json`, those of its HTTP parser included.
final class LinkProblems extends ErrorHandler {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static void write(Response response, Callback callback, ProblemException failure) {
    failure
        .retryAfter()
        .ifPresent(
            wait ->
                response.getHeaders().put(HttpHeader.RETRY_AFTER, Math.max(1, wait.toSeconds())));
    write(response, callback, failure.problem());
  }

  static void write(
      Response response, Callback callback, ProblemType type, @Nullable String detail) {
    write(response, callback, Problem.of(type, detail));
  }

  private static void write(Response response, Callback callback, Problem problem) {
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(problem)), callback);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    final int status = response.getStatus() >= 400 ? response.getStatus() : 400;
    write(response, callback, ProblemType.ofStatus(status), null);
    return true;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }
}
