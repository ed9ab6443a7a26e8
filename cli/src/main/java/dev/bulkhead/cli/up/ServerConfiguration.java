package dev.bulkhead.cli.up;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The text of `server.yaml`.
final class ServerConfiguration {

  private ServerConfiguration() {}

  /// @param serverHasOwnUser whether the server runs as a user that cannot touch the agent's state
  static String yaml(
      UpSettings settings,
      Path data,
      int databasePort,
      DatabaseSecrets secrets,
      boolean serverHasOwnUser) {
    return """
        # Written by Bulkhead at every start: changes made here are lost.
        data: %s
        ui: {address: 127.0.0.1, port: %d}
        link: {addresses: [%s], port: %d}
        database:
          url: "jdbc:postgresql://127.0.0.1:%d/%s"
          ownerPasswordFile: %s
          appPasswordFile: %s
          auditPasswordFile: %s
        localAgent: %s
        localAgentProtected: %s
        stopWithParent: true
        """
        .formatted(
            quoted(data),
            settings.port(),
            quotedList(settings.linkAddresses()),
            settings.linkPort(),
            databasePort,
            DatabaseRole.DATABASE,
            quoted(secrets.file(DatabaseRole.OWNER)),
            quoted(secrets.file(DatabaseRole.APP)),
            quoted(secrets.file(DatabaseRole.AUDIT)),
            settings.agent(),
            serverHasOwnUser);
  }

  private static String quotedList(List<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
