package dev.bulkhead.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.SecondTenant;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OwnTenantTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    Owner.setUp(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tenant_isShownToEveryRole_withItsCounts() {
    final Owner second = SecondTenant.create(server, "counted");
    final Browser viewer = SecondTenant.person(server, second.tenant(), "looks on", "viewer");

    final Browser.Answer shown = viewer.get("/api/v1/tenant");

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().path("id").asString()).isEqualTo(second.tenant().toString());
    assertThat(shown.json().path("slug").asString()).isEqualTo("counted");
    assertThat(shown.json().path("counts").path("people").asInt()).isEqualTo(2);
    assertThat(shown.json().path("counts").path("hosts").asInt()).isZero();
    assertThat(viewer.put("/api/v1/tenant", Map.of("name", "x")).status()).isEqualTo(403);
    assertThat(viewer.get("/api/v1/tenant/export").status()).isEqualTo(403);
    assertThat(viewer.send("DELETE", "/api/v1/tenant", Map.of("name", "counted"), true).status())
        .isEqualTo(403);
  }

  @Test
  void rename_isSeenInTheNextRequestOfItsSessions_andRecorded() {
    final Owner second = SecondTenant.create(server, "before");

    final Browser.Answer renamed =
        second.browser().put("/api/v1/tenant", Map.of("name", " After the change "));

    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.json().path("name").asString()).isEqualTo("After the change");
    assertThat(renamed.json().path("slug").asString()).isEqualTo("before");
    assertThat(
            second
                .browser()
                .get("/api/v1/session")
                .json()
                .path("account")
                .path("tenantName")
                .asString())
        .isEqualTo("After the change");
    assertThat(records(second.tenant())).contains("tenant.changed");
  }

  @Test
  void rename_ofWhatSomebodyElseChangedMeanwhile_isRefused() {
    final Owner second = SecondTenant.create(server, "twice");
    final Browser.Answer seen = second.browser().get("/api/v1/tenant");
    second.browser().put("/api/v1/tenant", Map.of("name", "first"));

    final Browser.Answer late =
        second
            .browser()
            .putIfMatch("/api/v1/tenant", Map.of("name", "second"), seen.header("etag"));

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("changed_meanwhile");
    assertThat(second.browser().get("/api/v1/tenant").json().path("name").asString())
        .isEqualTo("first");
  }

  @Test
  void deletion_needsTheNameAsItStands_andEndsEverySession() {
    final Owner second = SecondTenant.create(server, "Ending");
    final Browser colleague = SecondTenant.person(server, second.tenant(), "colleague", "admin");
    assertThat(
            second
                .browser()
                .send("DELETE", "/api/v1/tenant", Map.of("name", "ending"), true)
                .status())
        .isEqualTo(400);
    assertThat(colleague.get("/api/v1/session").status()).isEqualTo(200);

    final Browser.Answer deleted =
        second.browser().send("DELETE", "/api/v1/tenant", Map.of("name", "Ending"), true);

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().path("purgeAt").asString()).startsWith("20");
    assertThat(second.browser().get("/api/v1/session").status()).isEqualTo(401);
    assertThat(colleague.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(
            server.rows("select id::text from session where tenant_id = '" + second.tenant() + "'"))
        .isEmpty();
    assertThat(records(second.tenant())).contains("tenant.deleted");
    assertThat(records(Database.PLATFORM)).contains(second.tenant().toString());
  }

  private static String records(UUID tenant) {
    return String.join(
        "\n",
        server.rows(
            "select encode(record, 'escape') from audit_record where tenant_id = '%s'"
                .formatted(tenant)));
  }
}
