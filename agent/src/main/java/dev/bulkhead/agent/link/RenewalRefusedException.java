package dev.bulkhead.agent.link;

import java.io.IOException;

/// The server gave no certificate, and said why.
final class RenewalRefusedException extends IOException {

  RenewalRefusedException(String code, String detail) {
    super((code.isEmpty() ? "renewal_refused" : code) + ": " + detail);
  }
}
