package dev.bulkhead.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a failure: `application/problem+json` of RFC 9457, with our stable `code`.
///
/// @param detail what happened and what to do about it; never a cause from inside
/// @param errors the fields that need another value
/// @param factors of which one is to be proved first, for `step_up_required`
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    String code,
    List<FieldError> errors,
    List<String> factors) {

  /// One field of the request that needs another value.
  public record FieldError(String field, String message) {}

  public static Problem of(ProblemType type, @Nullable String detail) {
    return of(type, type.status(), detail, List.of());
  }

  static Problem of(
      ProblemType type, int status, @Nullable String detail, List<FieldError> errors) {
    return new Problem(
        "urn:bulkhead:problem:" + type.code(),
        type.title(),
        status,
        detail,
        type.code(),
        errors,
        List.of());
  }

  Problem withFactors(List<String> needed) {
    return new Problem(type, title, status, detail, code, errors, needed);
  }
}
