package dev.bulkhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestLimitsTest {
  @Test
  void limits_perIdentity_holdLooksAndChangesApart_andARestartRefillsNothing() {
    try (TestServer server = TestServer.start(new ServerConfiguration.Limits(100_000, 40, 20))) {
      final Owner owner = Owner.setUp(server);
      int looks = 0;
      while (owner.browser().get("/api/v1/session").status() == 200) {
        looks++;
      }
      assertThat(looks).isBetween(35, 45);
      final Browser.Answer limited = owner.browser().get("/api/v1/hosts");
      assertThat(limited.status()).isEqualTo(429);
      assertThat(limited.code()).isEqualTo("rate_limited");
      assertThat(limited.headers()).containsKey("retry-after");

      final Browser.Answer change =
          owner.browser().put("/api/v1/hosts/00000000-0000-0000-0000-000000000000", Map.of());
      assertThat(change.status()).isNotEqualTo(429);

      server.restart();
      final Browser after = new Browser(server.port());
      after.cookies().putAll(owner.browser().cookies());
      int more = 0;
      while (after.get("/api/v1/hosts").status() == 200) {
        more++;
      }
      // What the seconds of the restart brought, and not the forty of a fresh bucket.
      assertThat(more).isLessThan(30);
    }
  }

  @Test
  void limits_perAddress_letFewerComeWithoutCredential_andShutOutNobodyWhoIsSignedIn() {
    try (TestServer server = TestServer.start(new ServerConfiguration.Limits(1_000, 0, 0))) {
      final Owner owner = Owner.setUp(server);
      int answered = 0;
      while (new Browser(server.port()).get("/api/v1/hosts").status() == 401) {
        answered++;
      }

      assertThat(answered).isBetween(30, 70);
      // A neighbour who is signed in goes on.
      assertThat(owner.browser().get("/api/v1/hosts").status()).isEqualTo(200);
      assertThat(new Browser(server.port()).get("/healthz").status()).isEqualTo(200);
      assertThat(List.of(200, 304)).contains(new Browser(server.port()).get("/").status());
    }
  }
}
