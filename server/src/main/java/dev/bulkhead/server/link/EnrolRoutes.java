package dev.bulkhead.server.link;

import dev.bulkhead.protocol.enrol.EnrolLimits;
import dev.bulkhead.protocol.enrol.EnrolReply;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.protocol.enrol.RenewRequest;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.enrolment.Enrolment;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/enrol` and `POST /v1/renew`: JSON of 16 KiB at most, no field that is not known, so
/// many a minute from one address.
@Component
final class EnrolRoutes {
  private static final int PER_MINUTE = 600;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Enrolment enrolment;
  private final Attempts attempts;
  private final DeniedAttempts denied;

  EnrolRoutes(Enrolment enrolment, Attempts attempts, DeniedAttempts denied) {
    this.enrolment = enrolment;
    this.attempts = attempts;
    this.denied = denied;
  }

  void enrol(Request request, Response response, Callback callback) throws IOException {
    answer(request, response, callback, EnrolRequest.class, enrolment::enrol);
  }

  void renew(Request request, Response response, Callback callback) throws IOException {
    answer(request, response, callback, RenewRequest.class, enrolment::renew);
  }

  private <T> void answer(
      Request request,
      Response response,
      Callback callback,
      Class<T> type,
      BiFunction<T, String, EnrolReply> work)
      throws IOException {
    final String address = Request.getRemoteAddr(request);
    if (!HttpMethod.POST.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, HttpMethod.POST.asString());
      throw new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "Send POST.");
    }
    attempts.take("enrol", address, PER_MINUTE);
    final byte[] body = read(request);
    final T wanted;
    try {
      wanted = Objects.requireNonNull(JSON.readValue(body, type), "null");
    } catch (JacksonException | NullPointerException malformed) {
      // The JSON text `null` is read as none.
      denied.count(AuditType.HOST_JOIN_REFUSED, ProblemType.BAD_REQUEST.code(), address);
      throw new ProblemException(ProblemType.BAD_REQUEST, explain(malformed));
    }
    final byte[] reply = JSON.writeValueAsBytes(work.apply(wanted, address));
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(reply), callback);
  }

  private static byte[] read(Request request) throws IOException {
    final String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.startsWith("application/json")) {
      throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
    }
    if (request.getLength() > EnrolLimits.MAX_BODY) {
      throw tooLarge();
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      final byte[] body = in.readNBytes(EnrolLimits.MAX_BODY + 1);
      if (body.length > EnrolLimits.MAX_BODY) {
        throw tooLarge();
      }
      return body;
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemType.TOO_LARGE, "A request has " + EnrolLimits.MAX_BODY + " bytes at most.");
  }

  // The records' own checks name the field; whatever the JSON reader says may quote the input.
  private static String explain(RuntimeException malformed) {
    return malformed.getCause() instanceof IllegalArgumentException ours
            && ours.getMessage() != null
        ? ours.getMessage()
        : "The body is not the JSON that this call takes.";
  }
}
