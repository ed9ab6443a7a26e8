package dev.bulkhead.server.web;

/// Every failure that the API answers with: a stable code, the HTTP status and a title (RFC 9457).
public enum ProblemType {
  BAD_REQUEST(400, "The request cannot be understood"),
  VALIDATION(400, "Some fields need another value"),
  CLOCK_SKEW(400, "The clocks of the two machines disagree"),
  FORWARDED_HEADER(400, "A forwarding header came from an address that is not a trusted proxy"),
  UNAUTHENTICATED(401, "Sign in first"),
  SIGN_IN_FAILED(401, "The sign-in did not succeed"),
  REVOKED(401, "This host has been removed"),
  CSRF(403, "The request lacks a valid CSRF token"),
  ADDRESS_NOT_ALLOWED(403, "This address may not use this tenant"),
  FORBIDDEN(403, "Your role does not allow this"),
  BEYOND_OWN_ROLE(403, "Nobody gives or takes what they do not have"),
  INVITATION_WRONG(403, "This invitation does not open anything"),
  SETUP_CODE_WRONG(403, "The setup code is wrong"),
  CEREMONY_EXPIRED(403, "This step took too long or was already finished"),
  STEP_UP_REQUIRED(403, "Prove a factor again first"),
  FACTOR_WRONG(403, "The second factor does not match"),
  NOT_FOUND(404, "There is nothing here"),
  JOIN_UNKNOWN(404, "This join code is not known here"),
  UNKNOWN_HOST(404, "This host is not known here"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  NOT_ACCEPTABLE(406, "The answer has no form that the request accepts"),
  SETUP_DONE(409, "The setup is done"),
  NAME_TAKEN(409, "This name is taken"),
  LAST_OWNER(409, "A tenant keeps an owner"),
  LAST_FACTOR(409, "Somebody keeps a second factor"),
  LAST_PLATFORM_OPERATOR(409, "Somebody keeps running the installation"),
  OWN_ACCOUNT(409, "Nobody does this to their own account"),
  GROUP_IN_USE(409, "This group is part of somebody's scope"),
  NETWORK_TAKEN(409, "This network is on the list already"),
  WOULD_LOCK_OUT(409, "You would shut yourself out"),
  KEY_KNOWN(409, "This key belongs to a host already"),
  JOIN_USED(409, "This join code has been used"),
  SLUG_TAKEN(409, "Another tenant has this short name"),
  OWN_TENANT(409, "Nobody does this to their own tenant"),
  NOT_DELETED(409, "Only a deleted tenant can be purged"),
  JOIN_EXPIRED(410, "This join code has expired"),
  CHANGED_MEANWHILE(412, "Somebody else changed this meanwhile"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
  MISDIRECTED(421, "This server does not answer to that name"),
  RATE_LIMITED(429, "Too many attempts"),
  TOO_MANY_STREAMS(429, "Too many live views are open"),
  INTERNAL(500, "Something went wrong on the server"),
  SETUP_REQUIRED(503, "This installation has not been set up"),
  UNAVAILABLE(503, "The server cannot do this right now");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// The stable code, such as `sign_in_failed`.
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /// The type that stands for a bare HTTP status, as the HTTP parser or a container reports it.
  public static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405, 501 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 413, 414, 431 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 421 -> MISDIRECTED;
      case 429 -> RATE_LIMITED;
      case 503 -> UNAVAILABLE;
      case 505 -> BAD_REQUEST;
      default -> status >= 500 ? INTERNAL : BAD_REQUEST;
    };
  }
}
