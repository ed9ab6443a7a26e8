package dev.bulkhead.server.web;

import dev.bulkhead.server.access.AccessDenied;
import dev.bulkhead.server.access.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// The one place where exceptions become answers.
@RestControllerAdvice
final class ProblemMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  static final String DATABASE_AWAY = "The database is away for the moment. Try again.";
  static final String IN_THE_LOG = "The cause is in the server's log.";
  static final String RETRY_SECONDS = "2";

  private final Pages pages;
  private final ApplicationEventPublisher events;

  ProblemMapper(Pages pages, ApplicationEventPublisher events) {
    this.pages = pages;
    this.events = events;
  }

  @ExceptionHandler
  ResponseEntity<?> onNothingHere(NoResourceFoundException failure, HttpServletRequest request) {
    final String accept = request.getHeader("Accept");
    final boolean page =
        accept != null
            && accept.contains("text/html")
            && !request.getRequestURI().startsWith("/api/");
    return page ? pages.notFound() : answer(Problem.of(ProblemType.NOT_FOUND, null), null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> onProblem(ProblemException failure, HttpServletRequest request) {
    failure.deniedReason().ifPresent(reason -> tellDenied(reason, request.getRemoteAddr()));
    final HttpHeaders headers = new HttpHeaders();
    failure
        .retryAfter()
        .ifPresent(
            wait -> headers.set("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
    return answer(failure.problem(), headers);
  }

  @ExceptionHandler
  ResponseEntity<Problem> onInvalid(MethodArgumentNotValidException failure) {
    return invalid(
        failure.getBindingResult().getFieldErrors().stream()
            .map(e -> new Problem.FieldError(e.getField(), String.valueOf(e.getDefaultMessage())))
            .toList());
  }

  @ExceptionHandler
  ResponseEntity<Problem> onInvalid(HandlerMethodValidationException failure) {
    return invalid(
        failure.getParameterValidationResults().stream()
            .flatMap(
                result ->
                    result.getResolvableErrors().stream()
                        .map(
                            e ->
                                new Problem.FieldError(
                                    String.valueOf(result.getMethodParameter().getParameterName()),
                                    String.valueOf(e.getDefaultMessage()))))
            .toList());
  }

  @ExceptionHandler
  ResponseEntity<Problem> onUnreadable(HttpMessageNotReadableException failure) {
    if (failure.getCause() instanceof UnrecognizedPropertyException unknown) {
      final String message = "is not a field of this request";
      return invalid(List.of(new Problem.FieldError(unknown.getPropertyName(), message)));
    }
    return answer(
        Problem.of(ProblemType.BAD_REQUEST, "The body is not the JSON that this call takes."),
        null);
  }

  @ExceptionHandler
  ResponseEntity<Problem> onMismatch(MethodArgumentTypeMismatchException failure) {
    // An id that is no id names nothing: it gets the same answer as one that does not exist.
    if (UUID.class.equals(failure.getRequiredType())) {
      return answer(Problem.of(ProblemType.NOT_FOUND, "There is nothing with this id."), null);
    }
    return invalid(List.of(new Problem.FieldError(failure.getName(), "has the wrong form")));
  }

  @ExceptionHandler
  ResponseEntity<Problem> onDatabaseAway(
      DataAccessResourceFailureException failure,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (response.isCommitted()) {
      throw failure;
    }
    LOG.atWarn()
        .setMessage("the database is away")
        .addKeyValue("method", request.getMethod())
        .addKeyValue("path", request.getRequestURI())
        .addKeyValue("reason", failure.getMessage())
        .log();
    final HttpHeaders headers = new HttpHeaders();
    headers.set("Retry-After", RETRY_SECONDS);
    return answer(Problem.of(ProblemType.UNAVAILABLE, DATABASE_AWAY), headers);
  }

  @ExceptionHandler
  ResponseEntity<Problem> onAnythingElse(
      Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    // Half an answer is on its way, and no problem can follow it: the filter breaks the connection.
    if (response.isCommitted()) {
      throw failure;
    }
    if (failure instanceof ErrorResponse known) {
      return standard(known);
    }
    // The boundary: whatever was not foreseen is logged with its cause and answered without it.
    LOG.atError()
        .setMessage("request failed")
        .addKeyValue("method", request.getMethod())
        .addKeyValue("path", request.getRequestURI())
        .setCause(failure)
        .log();
    return answer(Problem.of(ProblemType.INTERNAL, IN_THE_LOG), null);
  }

  private void tellDenied(String reason, String address) {
    final Authentication found = SecurityContextHolder.getContext().getAuthentication();
    if (found != null && found.getPrincipal() instanceof SignedIn who) {
      events.publishEvent(new AccessDenied(who, reason, address));
    }
  }

  private static ResponseEntity<Problem> standard(ErrorResponse known) {
    final HttpStatusCode status = known.getStatusCode();
    final ProblemType type = ProblemType.ofStatus(status.value());
    return answer(Problem.of(type, status.value(), null, List.of()), known.getHeaders());
  }

  private static ResponseEntity<Problem> invalid(List<Problem.FieldError> errors) {
    final String detail =
        errors.isEmpty() ? null : errors.getFirst().field() + ": " + errors.getFirst().message();
    return answer(
        Problem.of(ProblemType.VALIDATION, ProblemType.VALIDATION.status(), detail, errors), null);
  }

  private static ResponseEntity<Problem> answer(Problem problem, @Nullable HttpHeaders headers) {
    return ResponseEntity.status(problem.status())
        .headers(headers == null ? new HttpHeaders() : headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
