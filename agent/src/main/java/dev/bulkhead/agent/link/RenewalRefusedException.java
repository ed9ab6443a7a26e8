package dev.bulkhead.agent.link;

import java.io.IOException;

/// The server gave no certificate, and said why.
final class RenewalRefusedException extends IOException {

  private final String code;

  RenewalRefusedException(String code, String detail) {
    super((code.isEmpty() ? "renewal_refused" : code) + ": " + detail);
    this.code = code;
  }

  /// Whether the server has this host no more, so that only joining again helps.
  boolean isRemoved() {
    return code.equals("revoked") || code.equals("unknown_host");
  }
}
