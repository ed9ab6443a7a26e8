package dev.bulkhead.agent.link;

import java.security.cert.CertificateException;

/// The server did not show the authority whose fingerprint the agent was given.
public final class AuthorityMismatchException extends CertificateException {

  AuthorityMismatchException() {
    super("the server's authority is not the one that was pinned");
  }
}
