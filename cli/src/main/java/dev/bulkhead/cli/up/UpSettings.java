package dev.bulkhead.cli.up;

import java.nio.file.Path;
import java.util.List;

/// What `up` was asked for.
///
/// @param state absolute path of the state directory
/// @param port the UI's port on 127.0.0.1, 1 to 65535
/// @param linkPort the agent link's port, 1 to 65535, another than `port`
/// @param linkAddresses literal addresses that the agent link binds, at least one
/// @param agent whether this machine's own agent is run
record UpSettings(Path state, int port, int linkPort, List<String> linkAddresses, boolean agent) {

  UpSettings {
    if (!state.isAbsolute()) {
      throw new IllegalArgumentException("state is not absolute: " + state);
    }
    requirePort(port);
    requirePort(linkPort);
    if (port == linkPort) {
      throw new IllegalArgumentException("--port and --link-port are both " + port);
    }
    linkAddresses = List.copyOf(linkAddresses);
    if (linkAddresses.isEmpty()) {
      throw new IllegalArgumentException("no link address");
    }
  }

  /// The URL that a browser on this machine opens.
  String url() {
    return "http://localhost:" + port;
  }

  private static void requirePort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
    }
  }
}
