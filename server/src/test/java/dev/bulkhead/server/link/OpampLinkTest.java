package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.Hosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OpampLinkTest {
  private static TestServer server;
  private static Owner owner;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    owner = Owner.setUp(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void firstMessage_describesHost_andIsAnswered() throws Exception {
    final TestHost host = TestHost.joined(owner);

    final OpampClient client = OpampClient.introduce(port(), host);

    await().until(() -> !client.received.isEmpty());
    assertThat(client.received.getFirst().custom_capabilities.capabilities)
        .containsExactly("dev.bulkhead.telemetry/1");
    final Hosts.Host row = row(host);
    assertThat(row.description().hostname()).isEqualTo("said-host");
    assertThat(row.description().agentVersion()).isEqualTo("9.9.9");
    assertThat(row.remoteAddress()).isEqualTo("127.0.0.1");
  }

  private static Hosts.Host row(TestHost host) {
    return server
        .bean(Database.class)
        .inTenant(host.key().tenant(), () -> server.bean(Hosts.class).find(host.key().host()))
        .orElseThrow();
  }

  private static int port() {
    return server.bean(LinkListener.class).port();
  }
}
