package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerConfigurationTest {

  @Test
  void quotes_what_could_be_read_as_yaml() {
    var state = new StateDirectory(Path.of("/my \"state\": #1"));
    var settings = new UpSettings(state.root(), 7070, 7443, List.of("127.0.0.1", "::1"), true);

    String yaml =
        ServerConfiguration.yaml(
            settings, state.server(), 5432, new DatabaseSecrets(state, Account.ofInvoker()), true);

    assertThat(yaml)
        .isEqualTo(
            """
            # Written by Bulkhead at every start: changes made here are lost.
            data: "/my \\"state\\": #1/server"
            ui: {address: 127.0.0.1, port: 7070}
            link: {addresses: ["127.0.0.1", "::1"], port: 7443}
            database:
              url: "jdbc:postgresql://127.0.0.1:5432/bulkhead"
              ownerPasswordFile: "/my \\"state\\": #1/server/secrets/database-owner.password"
              appPasswordFile: "/my \\"state\\": #1/server/secrets/database-app.password"
              auditPasswordFile: "/my \\"state\\": #1/server/secrets/database-audit.password"
            localAgent: true
            localAgentProtected: true
            stopWithParent: true
            """);
  }
}
