package dev.bulkhead.server.web;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The outermost step of every request on the UI listener: gives its answer the security headers at
/// the moment when it is sent, so that nothing inside can lose them, and refuses what no route
/// should ever see.
final class EdgeHandler extends Handler.Wrapper {
  private static final String API = "/api";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

  private final HostNames names;
  private final TrustedProxies proxies;
  private final CrossOrigin crossOrigin;

  EdgeHandler(HostNames names, TrustedProxies proxies, CrossOrigin crossOrigin) {
    this.names = names;
    this.proxies = proxies;
    this.crossOrigin = crossOrigin;
  }

  @Override
  public boolean handle(Request received, Response response, Callback callback) throws Exception {
    return switch (proxies.find(Request.getRemoteAddr(received), received.getHeaders())) {
      case TrustedProxies.Origin.Known known ->
          handleKnown(new ForwardedRequest(received, known), response, callback);
      case TrustedProxies.Origin.Refused _ ->
          refused(received, response, callback, ProblemType.FORWARDED_HEADER);
      case TrustedProxies.Origin.NotByProxy _ ->
          refused(received, response, callback, ProblemType.MISDIRECTED);
    };
  }

  private boolean refused(Request request, Response response, Callback callback, ProblemType type) {
    addHeaders(request);
    ProblemWriter.write(response, callback, type);
    return true;
  }

  private void addHeaders(Request request) {
    final Map<String, String> forOrigin = crossOrigin.headers(request);
    request.addHttpStreamWrapper(stream -> new HeadedStream(stream, request.isSecure(), forOrigin));
  }

  private boolean handleKnown(Request request, Response response, Callback callback)
      throws Exception {
    addHeaders(request);
    final Optional<ProblemType> refusal = refuse(request);
    if (refusal.isPresent()) {
      ProblemWriter.write(response, callback, refusal.get());
      return true;
    }
    if (HttpMethod.OPTIONS.is(request.getMethod())) {
      response.setStatus(HttpStatus.NO_CONTENT_204);
      crossOrigin.preflightHeaders().forEach(response.getHeaders()::put);
      callback.succeeded();
      return true;
    }
    final Optional<String> elsewhere = names.redirect(request);
    if (elsewhere.isPresent()) {
      Response.sendRedirect(request, response, callback, elsewhere.get());
      return true;
    }
    return super.handle(request, response, callback);
  }

  private Optional<ProblemType> refuse(Request request) {
    final boolean question = HttpMethod.OPTIONS.is(request.getMethod());
    if (!METHODS.contains(request.getMethod())
        || (question && !crossOrigin.isAllowedPreflight(request))) {
      return Optional.of(ProblemType.METHOD_NOT_ALLOWED);
    }
    final HttpURI uri = request.getHttpURI();
    final String path = uri.getCanonicalPath();
    if (path == null
        || path.indexOf('\0') >= 0
        || uri.hasAmbiguousSegment()
        || uri.hasAmbiguousSeparator()) {
      return Optional.of(ProblemType.BAD_REQUEST);
    }
    // One spelling for each route: what the filters compare is what the routes match.
    if (path.startsWith(API) && !path.equals(uri.getPath())) {
      return Optional.of(ProblemType.BAD_REQUEST);
    }
    return names.accepts(request.getHeaders().get(HttpHeader.HOST))
        ? Optional.empty()
        : Optional.of(ProblemType.MISDIRECTED);
  }

  /// Adds the headers when the head of the answer is sent.
  private static final class HeadedStream extends HttpStream.Wrapper {
    private final boolean secure;
    private final Map<String, String> forOrigin;

    HeadedStream(HttpStream stream, boolean secure, Map<String, String> forOrigin) {
      super(stream);
      this.secure = secure;
      this.forOrigin = forOrigin;
    }

    @Override
    public void send(
        MetaData.Request request,
        MetaData.Response response,
        boolean last,
        ByteBuffer content,
        Callback callback) {
      super.send(request, headed(response), last, content, callback);
    }

    @SuppressWarnings("NullAway") // Jetty passes null for every piece after the head
    private MetaData.Response headed(MetaData.Response response) {
      if (response == null) {
        return null;
      }
      return new MetaData.Response(
          response.getStatus(),
          response.getReason(),
          response.getHttpVersion(),
          EdgeHeaders.apply(response.getHttpFields(), secure, forOrigin),
          response.getContentLength(),
          response.getTrailersSupplier());
    }
  }
}
