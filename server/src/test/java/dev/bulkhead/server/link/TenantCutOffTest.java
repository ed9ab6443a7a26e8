package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.LocalTerminal;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.SecondTenant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a deletion ends, seen from outside.
final class TenantCutOffTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @SuppressWarnings("NullAway.Init") // set before each test
  private LinkFixture fixture;

  @BeforeEach
  void start() {
    fixture = new LinkFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @Tag("CG-C023")
  void deletion_cutsOffAgentsAndViewers_andRestoringBringsAgentsBack() throws Exception {
    final Owner second = SecondTenant.create(fixture.server, "second");
    final TestHost host = TestHost.joined(second);
    final JoinCode used = TestHost.newCode(second);
    final TestHost joinedLater = new TestHost();
    joinedLater.accept(anonymous().post("/v1/enrol", joinedLater.enrol(used, Instant.now())));
    final JoinCode open = TestHost.newCode(second);
    final LinkClient idle = LinkClient.of(fixture.port(), host);
    assertThat(idle.get("/v1/opamp").status()).isEqualTo(400);
    final OpampClient link = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !link.received.isEmpty());
    final TestHost neighbour = TestHost.joined(fixture.owner);
    final OpampClient stays = OpampClient.introduce(fixture.port(), neighbour);
    await().until(() -> !stays.received.isEmpty());
    final Future<Long> view = follow(second.browser());
    final LinkConnections connections = fixture.server.bean(LinkConnections.class);
    assertThat(connections.count(host.key())).isEqualTo(2);

    delete(second, "second");

    await().atMost(SOON).until(() -> link.ended && connections.count(host.key()) == 0);
    assertThat(view.get(SOON.toSeconds(), TimeUnit.SECONDS)).isPositive();
    assertThat(second.browser().get("/api/v1/hosts").status()).isEqualTo(401);
    assertThatThrownBy(() -> OpampClient.introduce(fixture.port(), host))
        .isInstanceOf(IOException.class);
    final LinkClient.Answer renewal = anonymous().post("/v1/renew", host.renew(Instant.now()));
    assertThat(renewal.status()).isEqualTo(503);
    assertThat(renewal.code()).isEqualTo("unavailable");
    assertUnknown(anonymous().post("/v1/enrol", new TestHost().enrol(open, Instant.now())));
    // Whoever lost the answer might ask again with a used code, but not now.
    assertUnknown(anonymous().post("/v1/enrol", joinedLater.enrol(used, Instant.now())));
    assertThat(stays.ended).as("nobody else is cut off").isFalse();

    fixture.owner.browser().post("/api/v1/tenants/" + second.tenant() + "/restore", Map.of());

    host.accept(anonymous().post("/v1/renew", host.renew(Instant.now())));
    final OpampClient again = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !again.received.isEmpty());
    final Browser back =
        SecondTenant.person(fixture.server, second.tenant(), "is back", "operator");
    await()
        .until(
            () ->
                back.get("/api/v1/hosts/" + host.key().host())
                    .json()
                    .path("state")
                    .asString()
                    .equals("up"));
    assertThat(anonymous().post("/v1/enrol", new TestHost().enrol(open, Instant.now())).code())
        .isEqualTo("join_expired");
  }

  @Test
  void deletionOnAnotherNode_cutsOffHereToo() throws Exception {
    final Owner second = SecondTenant.create(fixture.server, "second");
    final TestHost host = TestHost.joined(second);
    final OpampClient link = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !link.received.isEmpty());
    // This node's look has seen the tenant.
    await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

    fixture
        .server
        .bean(dev.bulkhead.server.database.Database.class)
        .inTenant(
            second.tenant(),
            () ->
                fixture
                    .server
                    .bean(dev.bulkhead.server.database.Database.class)
                    .sql()
                    .sql(
                        "update tenant set deleted_at = now(), purge_at = now() + interval '1 day'")
                    .update());

    await().atMost(SOON).until(() -> link.ended);
  }

  @Test
  void localOperator_restoresTheOnlyTenant_andThisMachineIsGivenToNobodyElse() throws Exception {
    final LocalTerminal terminal = new LocalTerminal(fixture.server);
    final Owner other = SecondTenant.create(fixture.server, "other");
    final TestHost hosted = TestHost.joined(other);
    final Path code = fixture.server.directory().resolve("local-join-code");
    await().until(() -> Files.exists(code));
    final String before = Files.readString(code);

    final Browser.Answer deleted =
        fixture.owner.browser().send("DELETE", "/api/v1/tenant", Map.of("name", "Acme"), true);

    assertThat(deleted.status()).isEqualTo(200);
    await().atMost(SOON).until(() -> !Files.exists(code));
    assertThat(terminal.hosts()).as("the oldest that lives").hasSize(1);
    assertThat(hosted.key().tenant()).isEqualTo(other.tenant());
    terminal.send("DELETE", "/api/v1/tenants/" + other.tenant(), Map.of("slug", "other"));
    assertThat(terminal.hosts()).isEmpty();
    assertThat(
            terminal
                .send("POST", "/api/v1/join-codes", Map.of("secretDigest", "A".repeat(43)))
                .status())
        .isEqualTo(404);
    assertThat(Files.exists(code)).isFalse();
    assertThat(terminal.send("GET", "/api/v1/tenants?state=deleted", null).json().path("items"))
        .hasSize(2);

    final Browser.Answer restored =
        terminal.send("POST", "/api/v1/tenants/" + fixture.owner.tenant() + "/restore", null);

    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json().path("isOwn").asBoolean()).isFalse();
    await().atMost(SOON).until(() -> Files.exists(code));
    assertThat(Files.readString(code)).isNotEqualTo(before);
  }

  private static void assertUnknown(LinkClient.Answer join) {
    assertThat(join.status()).isEqualTo(404);
    assertThat(join.code()).isEqualTo("join_unknown");
  }

  private LinkClient anonymous() {
    return LinkClient.anonymous(fixture.port());
  }

  private void delete(Owner tenant, String slug) {
    assertThat(
            fixture
                .owner
                .browser()
                .send("DELETE", "/api/v1/tenants/" + tenant.tenant(), Map.of("slug", slug), true)
                .status())
        .isEqualTo(200);
  }

  // Reads a live view to its end; answers with how much came.
  private static Future<Long> follow(Browser browser) throws IOException {
    final InputStream stream = browser.open("/api/v1/events").body();
    stream.read();
    final CompletableFuture<Long> length = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                length.complete(1L + stream.readAllBytes().length);
              } catch (IOException broken) {
                length.completeExceptionally(broken);
              }
            });
    return length;
  }
}
