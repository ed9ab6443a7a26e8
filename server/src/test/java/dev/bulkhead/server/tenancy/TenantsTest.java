package dev.bulkhead.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.SecondTenant;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TenantsTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Browser platform;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner first;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    first = Owner.setUp(server);
    platform = first.browser();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("CG-C020")
  void creation_makesTenantAfterTenant_eachWithItsFirstOwnersInvitation() {
    for (String name : List.of("Beta", "Gamma", "Delta")) {
      final Browser.Answer made = platform.post("/api/v1/tenants", Map.of("name", name));

      assertThat(made.status()).isEqualTo(201);
      final JsonNode tenant = made.json().path("tenant");
      assertThat(tenant.path("name").asString()).isEqualTo(name);
      assertThat(tenant.path("slug").asString()).isEqualToIgnoringCase(name);
      assertThat(tenant.path("state").asString()).isEqualTo("active");
      assertThat(tenant.path("isOwn").asBoolean()).isFalse();
      assertThat(made.json().path("code").asString()).startsWith("bhi1_");
      assertThat(made.json().path("invitation").path("role").asString()).isEqualTo("owner");
      assertThat(made.json().path("invitation").path("state").asString()).isEqualTo("open");
      assertThat(made.json().path("invitation").toString())
          .doesNotContain(made.json().path("code").asString());
      final UUID id = UUID.fromString(tenant.path("id").asString());
      assertThat(records(id)).contains("tenant.created");
      assertThat(records(Database.PLATFORM)).contains(id.toString());
    }
  }

  @Test
  void firstOwner_comesInByTheInvitation_andOwnsTheNewTenantAlone() {
    final Browser.Answer made = platform.post("/api/v1/tenants", Map.of("name", "Epsilon"));

    final Person owner =
        Person.accept(server, made.json().path("code").asString(), "first of epsilon");

    assertThat(owner.browser().get("/api/v1/tenant").json().path("name").asString())
        .isEqualTo("Epsilon");
    final JsonNode account = owner.browser().get("/api/v1/session").json().path("account");
    assertThat(account.path("role").asString()).isEqualTo("owner");
    assertThat(account.path("platform").asBoolean()).isFalse();
    assertThat(owner.browser().get("/api/v1/tenants").status()).isEqualTo(403);
  }

  @Test
  @Tag("CG-C021")
  void creation_underASlugThatIsTaken_isRefused_andLeavesNothing() {
    platform.post("/api/v1/tenants", Map.of("name", "Taken", "slug", "taken"));
    final List<String> before = slugs();

    final Browser.Answer again =
        platform.post("/api/v1/tenants", Map.of("name", "Other", "slug", "taken"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("slug_taken");
    assertThat(slugs()).isEqualTo(before);
  }

  @Test
  void creation_withoutASlug_takesTheNextThatIsFree() {
    platform.post("/api/v1/tenants", Map.of("name", "Zwölf GmbH"));

    final Browser.Answer again = platform.post("/api/v1/tenants", Map.of("name", "Zwolf, GmbH!"));

    assertThat(again.json().path("tenant").path("slug").asString()).isEqualTo("zwolf-gmbh-2");
  }

  @Test
  void creation_withAnOddSlugOrName_isRefusedByField() {
    for (String slug : List.of("-a", "a-", "Ä", "A", "a b", "", "x".repeat(33))) {
      final Browser.Answer answer =
          platform.post("/api/v1/tenants", Map.of("name", "n", "slug", slug));
      assertThat(answer.status()).as(slug).isEqualTo(400);
      assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("slug");
    }
    assertThat(platform.post("/api/v1/tenants", Map.of("name", "a\u0000b")).status())
        .isEqualTo(400);
    assertThat(platform.post("/api/v1/tenants", Map.of("name", "   ")).status()).isEqualTo(400);
  }

  @Test
  void list_isSearchedFilteredAndPaged_byName() {
    for (String name : List.of("page c", "Page A", "page B", "page %")) {
      platform.post("/api/v1/tenants", Map.of("name", name));
    }

    final List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      final JsonNode page = platform.get("/api/v1/tenants?query=page&limit=2" + cursor).json();
      page.path("items").forEach(item -> names.add(item.path("name").asString()));
      final JsonNode next = page.path("nextCursor");
      cursor = next.isString() ? "&cursor=" + next.asString() : "";
    } while (!cursor.isEmpty());

    assertThat(names).containsExactlyInAnyOrder("page %", "Page A", "page B", "page c");
    assertThat(names.subList(1, 4)).containsExactly("Page A", "page B", "page c");
    assertThat(items("?query=%25")).containsExactly("page %");
    assertThat(items("?state=deleted&query=page")).isEmpty();
    assertThat(platform.get("/api/v1/tenants?state=gone").status()).isEqualTo(400);
    assertThat(platform.get("/api/v1/tenants?cursor=AAAA").status()).isEqualTo(400);
  }

  @Test
  void list_marksTheOwnTenant_andCountsWhatIsIn() {
    final JsonNode own = platform.get("/api/v1/tenants?query=acme").json().path("items").path(0);

    assertThat(own.path("id").asString()).isEqualTo(first.tenant().toString());
    assertThat(own.path("isOwn").asBoolean()).isTrue();
    assertThat(own.path("people").asInt()).isEqualTo(1);
    assertThat(
            platform
                .send(
                    "DELETE",
                    "/api/v1/tenants/" + first.tenant(),
                    Map.of("slug", own.path("slug").asString()),
                    true)
                .code())
        .isEqualTo("own_tenant");
  }

  @Test
  void deletion_needsTheSlug_keepsItTaken_andIsUndoneByRestoring() {
    final Owner second = SecondTenant.create(server, "restored");
    final String path = "/api/v1/tenants/" + second.tenant();
    assertThat(platform.send("DELETE", path, Map.of("slug", "wrong"), true).status())
        .isEqualTo(400);

    final Browser.Answer deleted = platform.send("DELETE", path, Map.of("slug", "restored"), true);

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().path("state").asString()).isEqualTo("deleted");
    assertThat(Instant.parse(deleted.json().path("purgeAt").asString()))
        .isEqualTo(
            Instant.parse(deleted.json().path("deletedAt").asString()).plus(Duration.ofDays(30)));
    assertThat(second.browser().get("/api/v1/session").status()).isEqualTo(401);
    assertThat(items("?state=deleted&query=restored")).containsExactly("restored");
    assertThat(platform.post("/api/v1/tenants", Map.of("name", "x", "slug", "restored")).code())
        .isEqualTo("slug_taken");
    // Again, and nothing changes.
    assertThat(
            platform.send("DELETE", path, Map.of("slug", "restored"), true).json().path("purgeAt"))
        .isEqualTo(deleted.json().path("purgeAt"));

    final Browser.Answer restored = platform.post(path + "/restore", Map.of());

    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json().path("state").asString()).isEqualTo("active");
    assertThat(restored.json().path("deletedAt").isNull()).isTrue();
    assertThat(second.browser().get("/api/v1/session").status())
        .as("sessions do not come back")
        .isEqualTo(401);
    assertThat(
            SecondTenant.person(server, second.tenant(), "back again", "viewer")
                .get("/api/v1/tenant")
                .status())
        .isEqualTo(200);
    assertThat(records(second.tenant()))
        .contains("tenant.deleted", "tenant.restored", "operator of the installation")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void purge_beforeDeletion_isRefused() {
    final Owner second = SecondTenant.create(server, "living");

    final Browser.Answer answer =
        platform.post("/api/v1/tenants/" + second.tenant() + "/purge", Map.of("slug", "living"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("not_deleted");
    assertThat(second.browser().get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void tenantsOfNoSuchId_areNotFound() {
    for (UUID id : List.of(UUID.randomUUID(), Database.PLATFORM)) {
      final String path = "/api/v1/tenants/" + id;
      assertThat(platform.send("DELETE", path, Map.of("slug", "x"), true).status()).isEqualTo(404);
      assertThat(platform.post(path + "/restore", Map.of()).status()).isEqualTo(404);
      assertThat(platform.post(path + "/purge", Map.of("slug", "x")).status()).isEqualTo(404);
    }
  }

  @Test
  void ownerWhoDoesNotRunTheInstallation_mayNothingHere() {
    final Browser other = SecondTenant.create(server, "ordinary").browser();

    assertThat(other.get("/api/v1/tenants").status()).isEqualTo(403);
    assertThat(other.post("/api/v1/tenants", Map.of("name", "mine")).status()).isEqualTo(403);
    assertThat(
            other
                .send("DELETE", "/api/v1/tenants/" + first.tenant(), Map.of("slug", "acme"), true)
                .status())
        .isEqualTo(403);
  }

  private static List<String> items(String query) {
    return platform
        .get("/api/v1/tenants" + query)
        .json()
        .path("items")
        .valueStream()
        .map(item -> item.path("name").asString())
        .toList();
  }

  private static List<String> slugs() {
    return server.rows("select slug from tenant order by 1");
  }

  private static String records(UUID tenant) {
    return String.join(
        "\n",
        server.rows(
            "select encode(record, 'escape') from audit_record where tenant_id = '%s'"
                .formatted(tenant)));
  }
}
