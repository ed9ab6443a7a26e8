package dev.bulkhead.cli.client;

import java.net.URI;

/// Where a server is asked, and with what. Thread-safe.
sealed interface Door permits LocalDoor, RemoteDoor {

  /// Scheme, host and port that requests go to.
  URI address();

  /// The URL that a browser opens.
  String url();

  /// The token, read anew.
  ///
  /// @throws dev.bulkhead.cli.CommandFailure when it cannot be read
  String token();

  /// The server does not answer.
  ServerUnreachable unreachable(Exception cause);

  /// The server does not take the token.
  String refusedToken();
}
