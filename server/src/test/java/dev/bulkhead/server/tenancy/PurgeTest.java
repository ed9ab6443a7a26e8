package dev.bulkhead.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

final class PurgeTest {
  @SuppressWarnings("NullAway.Init") // set before each test
  private TestServer server;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Owner platform;

  @BeforeEach
  void start() {
    server = TestServer.start();
    platform = Owner.setUp(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void purge_removesEveryRow_andNoneOfOthers_andThePlatformKeepsWhereTheChainEnded() {
    final Owner doomed = FilledTenant.create(server, "doomed");
    final Owner spared = FilledTenant.create(server, "spared");
    final List<String> before = server.dump(spared.tenant());
    delete(doomed, "doomed");
    final String last =
        server
            .rows(
                "select encode(hash, 'hex') from audit_head where tenant_id = '%s'"
                    .formatted(doomed.tenant()))
            .getFirst();
    assertThat(purge(doomed, "other").status()).isEqualTo(400);

    final Browser.Answer purged = purge(doomed, "doomed");

    assertThat(purged.status()).isEqualTo(204);
    assertThat(server.dump(doomed.tenant())).isEmpty();
    assertThat(server.dump(spared.tenant())).isEqualTo(before);
    assertThat(platformRecords()).contains("tenant.purged", doomed.tenant().toString(), last);
    assertThat(purge(doomed, "doomed").status()).isEqualTo(404);
    assertThat(restore(doomed).status()).isEqualTo(404);
    assertThat(
            platform
                .browser()
                .post("/api/v1/tenants", Map.of("name", "x", "slug", "doomed"))
                .status())
        .as("the short name is free again")
        .isEqualTo(201);
  }

  @Test
  void job_purgesWhoseTimeIsOver_andNobodyElse() {
    final Owner over = FilledTenant.create(server, "over");
    final Owner waiting = FilledTenant.create(server, "waiting");
    delete(over, "over");
    delete(waiting, "waiting");
    endGrace(over.tenant());

    server.bean(Purge.class).purgeDue();

    assertThat(server.dump(over.tenant())).isEmpty();
    assertThat(server.dump(waiting.tenant())).isNotEmpty();
    assertThat(restore(waiting).status()).isEqualTo(200);
  }

  @Test
  void purge_thatWasKilledInItsMidst_goesOnAfterTheNextStart_andNothingIsRestored() {
    final Owner doomed = FilledTenant.create(server, "halfway");
    delete(doomed, "halfway");
    endGrace(doomed.tenant());
    for (int step = 0; step < 5; step++) {
      assertThat(server.bean(Purge.class).purgeSome(doomed.tenant(), 100)).isPositive();
    }
    assertThat(restore(doomed).status()).isEqualTo(404);

    server.restart();

    await().atMost(Duration.ofSeconds(10)).until(() -> server.dump(doomed.tenant()).isEmpty());
    assertThat(platformRecords()).contains(doomed.tenant().toString());
  }

  @Test
  void poolsRole_canPurgeNoTenantThatLives() {
    final Owner living = FilledTenant.create(server, "living");
    final List<String> before = server.dump(living.tenant());
    final Database database = server.bean(Database.class);

    for (String function : List.of("purge_tenant_rows(now(), 10)", "purge_tenant_end(now())")) {
      assertThatThrownBy(
              () ->
                  database.inTenant(
                      living.tenant(),
                      () -> database.sql().sql("select " + function).query((row, n) -> n).list()))
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("not to be purged");
    }
    assertThat(server.dump(living.tenant())).isEqualTo(before);
  }

  private void delete(Owner tenant, String name) {
    assertThat(
            tenant.browser().send("DELETE", "/api/v1/tenant", Map.of("name", name), true).status())
        .isEqualTo(200);
  }

  private void endGrace(UUID tenant) {
    final Database database = server.bean(Database.class);
    database.inTenant(
        tenant,
        () ->
            database
                .sql()
                .sql("update tenant set purge_at = now() - interval '1 second'")
                .update());
  }

  private Browser.Answer purge(Owner tenant, String slug) {
    return platform
        .browser()
        .post("/api/v1/tenants/" + tenant.tenant() + "/purge", Map.of("slug", slug));
  }

  private Browser.Answer restore(Owner tenant) {
    return platform.browser().post("/api/v1/tenants/" + tenant.tenant() + "/restore", Map.of());
  }

  private String platformRecords() {
    return String.join(
        "\n",
        server.rows(
            "select encode(record, 'escape') from audit_record where tenant_id = '%s'"
                .formatted(Database.PLATFORM)));
  }
}
