package dev.bulkhead.server.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class AllowedNetworksTest {
  private static final String PATH = "/api/v1/allowed-networks";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
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

  @AfterEach
  void clear() {
    // The one that lets us in goes last.
    for (int i = 0; i < 2; i++) {
      for (JsonNode item : owner.browser().get(PATH).json().path("items")) {
        owner.browser().delete(PATH + "/" + item.path("id").asString());
      }
    }
    assertThat(owner.browser().get(PATH).json().path("items")).isEmpty();
  }

  @Test
  @Tag("CG-C025")
  void network_isEchoed_enabled() {
    final Browser.Answer made = create("127.0.0.0/8");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("cidr").asString()).isEqualTo("127.0.0.0/8");
    assertThat(made.json().path("enabled").asBoolean()).isTrue();
    assertThat(create("203.0.113.50/32").status()).isEqualTo(201);
    assertThat(owner.browser().get(PATH).json().path("yourAddress").asString())
        .isEqualTo("127.0.0.1");
  }

  @Test
  @Tag("CG-C026")
  void network_thatIsNone_isRefused_withAdvice() {
    assertThat(create("not-a-cidr").status()).isEqualTo(400);
    assertThat(create("10.0.0.1/8").text()).contains("write 10.0.0.0/8");
  }

  @Test
  @Tag("CG-C027")
  void network_twice_isRefused() {
    create("127.0.0.1");

    final Browser.Answer again = create("127.0.0.1/32");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("network_taken");
  }

  @Test
  @Tag("CG-C028")
  void network_isChanged_andRemoved() {
    create("127.0.0.1");
    final String id = create("198.51.100.0/24").json().path("id").asString();

    final Browser.Answer changed =
        owner.browser().put(PATH + "/" + id, Map.of("description", "office", "enabled", false));

    assertThat(changed.json().path("description").asString()).isEqualTo("office");
    assertThat(changed.json().path("enabled").asBoolean()).isFalse();
    assertThat(owner.browser().delete(PATH + "/" + id).status()).isEqualTo(204);
    assertThat(owner.browser().get(PATH).text()).doesNotContain(id);
    assertThat(owner.browser().delete(PATH + "/" + id).status()).isEqualTo(404);
    assertThat(owner.browser().delete(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void whoeverWouldShutThemselvesOut_isStopped() {
    assertThat(create("10.0.0.0/8").code()).isEqualTo("would_lock_out");
    final String own = create("127.0.0.1").json().path("id").asString();
    create("10.0.0.0/8");

    assertThat(owner.browser().delete(PATH + "/" + own).code()).isEqualTo("would_lock_out");
    assertThat(
            owner
                .browser()
                .put(PATH + "/" + own, Map.of("description", "", "enabled", false))
                .code())
        .isEqualTo("would_lock_out");
    assertThat(owner.browser().get("/api/v1/hosts").status()).isEqualTo(200);
  }

  @Test
  void address_thatIsNotAllowed_getsNothing_andCannotSignIn() {
    create("127.0.0.1");
    final AllowedNetworks networks = server.bean(AllowedNetworks.class);

    assertThat(networks.allow(owner.tenant(), "127.0.0.1")).isTrue();
    assertThat(networks.allow(owner.tenant(), "::ffff:127.0.0.1")).isTrue();
    assertThat(networks.allow(owner.tenant(), "10.1.1.1")).isFalse();
    assertThat(networks.allow(owner.tenant(), "::1")).isFalse();
    assertThat(networks.allow(UUID.randomUUID(), "10.1.1.1")).isTrue();
  }

  @Test
  void clientBehindTrustedProxy_isJudgedByItsOwnAddress() throws Exception {
    final var ui =
        new ServerConfiguration.Ui("127.0.0.1", 0, null, List.of("127.0.0.1/32"), 1, null, null);
    try (TestServer proxied = TestServer.start(ui, new ServerConfiguration.Limits(0, 0, 0))) {
      final Owner behind = Owner.setUp(proxied);
      behind.browser().post(PATH, Map.of("cidr", "127.0.0.1"));
      assertThat(behind.browser().post(PATH, Map.of("cidr", "203.0.113.0/24")).status())
          .isEqualTo(201);

      assertThat(forwarded(proxied, behind, "203.0.113.5")).isEqualTo(200);
      assertThat(forwarded(proxied, behind, "10.9.9.9, 203.0.113.5")).isEqualTo(200);
      assertThat(forwarded(proxied, behind, "203.0.113.5, 10.9.9.9")).isEqualTo(403);
      assertThat(forwarded(proxied, behind, "127.0.0.1, 198.51.100.7")).isEqualTo(403);
      assertThat(forwarded(proxied, behind, "somebody")).isEqualTo(400);
      // Whoever is barred may still come as somebody else.
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(
                client
                    .send(
                        request(proxied, behind, "/api/v1/setup", "198.51.100.7"),
                        HttpResponse.BodyHandlers.discarding())
                    .statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void liveView_endsWhenItsAddressIsNoLongerAllowed() throws Exception {
    final var ui =
        new ServerConfiguration.Ui("127.0.0.1", 0, null, List.of("127.0.0.1/32"), 1, null, null);
    try (TestServer proxied = TestServer.start(ui, new ServerConfiguration.Limits(0, 0, 0));
        HttpClient client = HttpClient.newHttpClient()) {
      final Owner behind = Owner.setUp(proxied);
      behind.browser().post(PATH, Map.of("cidr", "127.0.0.1"));
      final String id =
          behind
              .browser()
              .post(PATH, Map.of("cidr", "203.0.113.0/24"))
              .json()
              .path("id")
              .asString();
      final HttpResponse<InputStream> view =
          client.send(
              request(proxied, behind, "/api/v1/events", "203.0.113.5"),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(view.statusCode()).isEqualTo(200);

      assertThat(behind.browser().delete(PATH + "/" + id).status()).isEqualTo(204);

      await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(view.body().read(new byte[4096])).isNegative());
    }
  }

  private static int forwarded(TestServer server, Owner as, String chain) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              request(server, as, "/api/v1/session", chain), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static HttpRequest request(TestServer server, Owner as, String path, String chain) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .header("X-Forwarded-For", chain)
        .header(
            "Cookie",
            as.browser().cookies().entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ")))
        .build();
  }

  private static Browser.Answer create(String cidr) {
    return owner.browser().post(PATH, Map.of("cidr", cidr));
  }
}
