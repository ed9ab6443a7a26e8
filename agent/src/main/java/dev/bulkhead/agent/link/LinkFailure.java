package dev.bulkhead.agent.link;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/// Why a connection came to nothing; later ones tell more and outrank earlier ones when several
/// addresses fail in different ways. The words are those of the page that shows the join code
/// (`web/src/join/causes.ts`).
public enum LinkFailure {
  NAME_NOT_RESOLVED(
      "name_not_resolved",
      16,
      "name not resolved",
      "The host's DNS does not know the server's name. Start the server with --link-address and an"
          + " IP address."),
  NOT_REACHABLE(
      "not_reachable",
      17,
      "connection refused or timed out",
      "A firewall is between them, or the agent link listens on loopback only. Check that the"
          + " server runs, and its --link-address."),
  BROKEN(
      "broken",
      18,
      "The connection ended before the server had answered",
      "Try again; see the server's log."),
  NAME_NOT_COVERED(
      "name_not_covered",
      19,
      "The server's certificate does not name this address",
      "Start the server with --link-address for this address and make a new code."),
  CLOCK_OFF(
      "clock_off",
      15,
      "The host's clock is wrong",
      "Set it (for example timedatectl set-ntp true), then run the same line again."),
  WRONG_AUTHORITY(
      "wrong_authority",
      14,
      "wrong pin",
      "Another server, or something that opens TLS on the way, answered at that address. The agent"
          + " sent it nothing. Check the address. If the server was installed anew, make a new"
          + " code.");

  private final String code;
  private final int exitCode;
  private final String explanation;
  private final String remedy;

  LinkFailure(String code, int exitCode, String explanation, String remedy) {
    this.code = code;
    this.exitCode = exitCode;
    this.explanation = explanation;
    this.remedy = remedy;
  }

  /// Stable, snake case.
  public String code() {
    return code;
  }

  /// The exit code of `join` for it.
  public int exitCode() {
    return exitCode;
  }

  /// What happened, for a person: a few words without a full stop.
  public String explanation() {
    return explanation;
  }

  /// What the person can do.
  public String remedy() {
    return remedy;
  }

  /// Tells what an exception of connecting or of the first answer means.
  static LinkFailure of(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case AuthorityMismatchException _ -> {
          return WRONG_AUTHORITY;
        }
        case CertificateExpiredException _ -> {
          return CLOCK_OFF;
        }
        case CertificateNotYetValidException _ -> {
          return CLOCK_OFF;
        }
        case UnknownHostException _ -> {
          return NAME_NOT_RESOLVED;
        }
        default -> {}
      }
    }
    if (failure instanceof SSLException) {
      return ofHandshake(failure);
    }
    boolean network =
        failure instanceof SocketException || failure instanceof SocketTimeoutException;
    return network ? NOT_REACHABLE : BROKEN;
  }

  // What is left of certificate failures is a name that does not match, or another authority's
  // certificate under a chain that shows ours.
  private static LinkFailure ofHandshake(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        String message = String.valueOf(cause.getMessage());
        boolean name = message.contains("subject alternative") || message.startsWith("No name");
        return name ? NAME_NOT_COVERED : WRONG_AUTHORITY;
      }
    }
    return BROKEN;
  }
}
