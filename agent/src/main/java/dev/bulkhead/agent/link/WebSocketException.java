package dev.bulkhead.agent.link;

import java.io.IOException;

/// The other side broke RFC 6455 or a limit, or refused the upgrade.
final class WebSocketException extends IOException {

  private final int status;

  WebSocketException(String message) {
    this(message, 0);
  }

  WebSocketException(String message, int status) {
    super(message);
    this.status = status;
  }

  /// The status of the HTTP answer that refused the upgrade, or 0.
  int status() {
    return status;
  }
}
