package dev.bulkhead.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.Records;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two people of one tenant whose roles are about different hosts: neither learns of the other's.
final class ScopeTest {
  private TestServer server;
  private Owner owner;
  private Person prod;
  private Person test;
  private UUID prodHost;
  private UUID testHost;

  @BeforeEach
  void start() {
    server = TestServer.start();
    owner = Owner.setUp(server);
    prodHost = createHost("prod-1", List.of("env:prod", "web"));
    testHost = createHost("test-1", List.of("env:test", "web"));
    prod = Person.invite(server, owner.browser(), "prod", "operator", List.of("env:prod"));
    test = Person.invite(server, owner.browser(), "test", "operator", List.of("env:test"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void list_holdsTheScopesHosts_andTheirTotals() {
    for (String path : List.of("/api/v1/hosts", "/api/v1/hosts?query=1", "/api/v1/hosts?tag=web")) {
      final JsonNode page = prod.browser().get(path).json();
      assertThat(page.path("items")).as(path).hasSize(1);
      assertThat(page.path("items").path(0).path("name").asString()).isEqualTo("prod-1");
      assertThat(page.path("totals").path("all").asInt()).as(path).isEqualTo(1);
      assertThat(page.path("totals").path("pending").asInt()).as(path).isEqualTo(1);
      assertThat(page.toString()).doesNotContain("test-1", testHost.toString());
    }
    assertThat(prod.browser().get("/api/v1/hosts?cursor=" + testHost).status())
        .as("a cursor of somebody else's host tells nothing")
        .isEqualTo(prod.browser().get("/api/v1/hosts?cursor=" + UUID.randomUUID()).status());
  }

  @Test
  void hostOutOfScope_isAnsweredLikeOneThatIsNot() {
    final String own = "/api/v1/hosts/" + prodHost;
    final String other = "/api/v1/hosts/" + testHost;
    final String none = "/api/v1/hosts/" + UUID.randomUUID();
    final Map<String, Object> body = Map.of("name", "x", "tags", List.of("env:test", "web"));

    assertThat(prod.browser().get(own).status()).isEqualTo(200);
    for (String part : List.of("", "/history?metric=system.cpu.utilization", "/processes")) {
      assertSame(prod.browser().get(other + part), prod.browser().get(none + part));
    }
    assertSame(
        prod.browser().get("/api/v1/events?host=" + testHost),
        prod.browser().get("/api/v1/events?host=" + UUID.randomUUID()));
    assertSame(prod.browser().put(other, body), prod.browser().put(none, body));
    assertSame(prod.browser().delete(other), prod.browser().delete(none));
    assertThat(owner.browser().get(other).json().path("name").asString()).isEqualTo("test-1");

    server.restart();

    assertThat(Records.list(server, owner.tenant(), "access.denied"))
        .anySatisfy(
            record -> {
              assertThat(record.actor().name()).isEqualTo("prod");
              assertThat(record.details().get("reason")).isEqualTo("scope");
            });
  }

  @Test
  void scopedPerson_renames_andKeepsTags() {
    final String path = "/api/v1/hosts/" + prodHost;

    assertThat(
            prod.browser()
                .put(path, Map.of("name", "prod-a", "tags", List.of("web", "env:prod")))
                .status())
        .isEqualTo(200);

    for (List<String> tags : List.of(List.<String>of(), List.of("env:prod", "web", "env:test"))) {
      final Browser.Answer answer =
          prod.browser().put(path, Map.of("name", "prod-b", "tags", tags));
      assertThat(answer.status()).as(tags.toString()).isEqualTo(403);
    }
    assertThat(prod.browser().delete(path).status()).isEqualTo(204);
  }

  @Test
  void joinCodes_areTheirMakersOwn_andBringHostsIntoTheScope() {
    final String digest = Sha256.digest(new byte[1]).toBase64Url();

    assertThat(prod.browser().post("/api/v1/join-codes", Map.of("secretDigest", digest)).code())
        .isEqualTo("validation");
    assertThat(
            prod.browser()
                .post(
                    "/api/v1/join-codes",
                    Map.of("secretDigest", digest, "tags", List.of("env:test")))
                .code())
        .isEqualTo("validation");
    final String code =
        "/api/v1/join-codes/"
            + prod.browser()
                .post(
                    "/api/v1/join-codes",
                    Map.of("secretDigest", digest, "tags", List.of("env:prod")))
                .json()
                .path("id")
                .asString();

    assertThat(prod.browser().get(code).status()).isEqualTo(200);
    assertThat(owner.browser().get(code).status()).isEqualTo(200);
    final String none = "/api/v1/join-codes/" + UUID.randomUUID();
    assertSame(test.browser().get(code), test.browser().get(none));
    assertSame(test.browser().delete(code), test.browser().delete(none));
    assertThat(prod.browser().get(code).json().path("state").asString()).isEqualTo("waiting");
  }

  @Test
  void group_isAScopeThatGrowsWithIt_andStaysWhileItIsUsed() {
    final JsonNode group =
        owner
            .browser()
            .post("/api/v1/groups", Map.of("name", "Farm", "tags", List.of("farm")))
            .json();
    final String path = "/api/v1/groups/" + group.path("id").asString();
    final Browser.Answer granted =
        owner
            .browser()
            .put(
                "/api/v1/people/" + prod.id(),
                Map.of(
                    "role",
                    "viewer",
                    "scope",
                    Map.of("tags", List.of(), "groups", List.of(group.path("id").asString()))));
    assertThat(granted.status()).isEqualTo(200);
    assertThat(granted.json().path("scope").path("groups").path(0).path("name").asString())
        .isEqualTo("Farm");
    final Person viewer = new Person(again(prod), prod.id(), prod.name(), prod.totp());
    assertThat(viewer.browser().get("/api/v1/hosts").json().path("items")).isEmpty();
    assertThat(viewer.account().path("scope").path("groups").path(0).path("name").asString())
        .isEqualTo("Farm");

    final Browser.LiveLines before = open(viewer.browser().stream("/api/v1/events"));

    owner.browser().put(path, Map.of("name", "Farm", "tags", List.of("farm", "web")));

    await().atMost(Duration.ofSeconds(3)).until(() -> before.ended().isDone());

    assertThat(viewer.browser().get("/api/v1/hosts").json().path("items")).hasSize(2);
    final Browser.Answer used = owner.browser().delete(path);
    assertThat(used.code()).isEqualTo("group_in_use");
    assertThat(used.json().path("detail").asString()).contains("prod");
    assertThat(
            owner
                .browser()
                .post("/api/v1/groups", Map.of("name", "FARM", "tags", List.of("x")))
                .code())
        .isEqualTo("name_taken");
    final JsonNode asked = test.browser().get("/api/v1/groups").json().path("items").path(0);
    assertThat(asked.path("hosts").asInt()).as("of the asker's own hosts").isEqualTo(1);
    owner.browser().delete("/api/v1/people/" + prod.id());
    assertThat(owner.browser().delete(path).status()).isEqualTo(204);
    assertThat(owner.browser().delete(path).status()).isEqualTo(404);
  }

  @Test
  void stream_tellsOfTheScopesHostsAlone() {
    final Browser.LiveLines lines = prod.browser().stream("/api/v1/events");
    await().until(() -> lines.contains("event: ping"));
    // The first look after a watch begins tells everything there is.
    await().until(() -> lines.contains(prodHost.toString()));

    rename(testHost, "test-renamed", List.of("env:test"));
    rename(prodHost, "prod-renamed", List.of("env:prod"));
    await().until(() -> lines.contains("prod-renamed"));

    assertThat(lines.lines()).noneMatch(line -> line.contains(testHost.toString()));
    rename(testHost, "test-moved", List.of("env:prod"));
    await().until(() -> lines.contains("test-moved"));
    rename(testHost, "test-gone", List.of("env:test"));
    await().until(() -> lines.contains("\"removed\":[\"" + testHost + "\"]"));
    assertThat(lines.lines()).noneMatch(line -> line.contains("test-gone"));
  }

  @Test
  void stream_endsWithinASecond_ofAChangeOfRoleScopeStandingOrHost() {
    final Browser.LiveLines changed = open(prod.browser().stream("/api/v1/events"));
    final Browser.LiveLines suspended = open(test.browser().stream("/api/v1/events"));
    final Person third =
        Person.invite(server, owner.browser(), "third", "viewer", List.of("env:prod"));
    final Browser.LiveLines moved = open(third.browser().stream("/api/v1/events?host=" + prodHost));

    owner
        .browser()
        .put(
            "/api/v1/people/" + prod.id(),
            Map.of("role", "viewer", "scope", Map.of("tags", List.of("web"), "groups", List.of())));
    await().atMost(Duration.ofSeconds(3)).until(() -> changed.ended().isDone());
    owner.browser().post("/api/v1/people/" + test.id() + "/suspend", Map.of());
    await().atMost(Duration.ofSeconds(3)).until(() -> suspended.ended().isDone());
    rename(prodHost, "prod-1", List.of("env:test"));

    await().atMost(Duration.ofSeconds(3)).until(() -> moved.ended().isDone());
  }

  private static Browser.LiveLines open(Browser.LiveLines lines) {
    await().until(() -> lines.contains("event: ping"));
    return lines;
  }

  private void rename(UUID host, String name, List<String> tags) {
    assertThat(
            owner
                .browser()
                .put("/api/v1/hosts/" + host, Map.of("name", name, "tags", tags))
                .status())
        .isEqualTo(200);
  }

  private Browser again(Person person) {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    final String ceremony =
        browser
            .post(
                "/api/v1/session/password",
                Map.of("name", person.name(), "password", Owner.PASSWORD))
            .json()
            .path("ceremony")
            .asString();
    assertThat(
            browser
                .post(
                    "/api/v1/session/totp",
                    Map.of("ceremony", ceremony, "code", person.totp().code(1)))
                .status())
        .isEqualTo(200);
    return browser;
  }

  private static void assertSame(Browser.Answer one, Browser.Answer other) {
    assertThat(one.status()).isEqualTo(404);
    assertThat(one.status()).isEqualTo(other.status());
    assertThat(one.text()).isEqualTo(other.text());
  }

  private UUID createHost(String name, List<String> tags) {
    final HostKey key = new HostKey(owner.tenant(), UUID.randomUUID());
    final byte[] device =
        Sha256.digest(key.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)).bytes();
    server
        .bean(Database.class)
        .inTenant(
            owner.tenant(),
            () -> {
              server
                  .bean(Hosts.class)
                  .createNamed(
                      new Hosts.Host(
                          key,
                          name,
                          tags,
                          "agent",
                          "monitor",
                          device,
                          device,
                          new HostDescription("", "", "", "", "", null),
                          true,
                          "",
                          Instant.now(),
                          null,
                          1,
                          null));
              return key;
            });
    server.bean(Fleet.class).changed(owner.tenant());
    return key.host();
  }
}
