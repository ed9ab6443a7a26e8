package dev.bulkhead.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Program;
import dev.bulkhead.server.audit.AuditType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What people and programs can do with tokens through the API.
final class TokensTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TokenFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new TokenFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  @Tag("CG-C009")
  @Tag("CG-C014")
  void create_givesTheValueOnce_andItWorksAtOnce() {
    final TokenFixture.Made token = fixture.make("hosts_read");

    assertThat(token.value()).matches("bhk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}");
    assertThat(fixture.program(token).get("/api/v1/hosts").status()).isEqualTo(200);
    final String secret = token.value().substring(37);
    assertThat(fixture.owner.browser().get("/api/v1/tokens").text())
        .contains(token.id().toString())
        .doesNotContain(secret)
        .doesNotContain("argon2");
    final JsonNode shown = fixture.show(token);
    assertThat(shown.path("state").asString()).isEqualTo("active");
    assertThat(shown.path("owner").path("kind").asString()).isEqualTo("person");
    assertThat(shown.path("scopes").toString()).isEqualTo("[\"hosts_read\"]");
    assertThat(shown.path("expiresAt").isNull()).isTrue();
    assertThat(shown.path("lastUsedAt").isString()).isTrue();
    assertThat(shown.path("lastUsedAddress").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(fixture.countRecords(AuditType.TOKEN_CREATED, token.id().toString())).isEqualTo(1);
  }

  @Test
  @Tag("CG-C013")
  void create_withATakenName_isRefused() {
    final TokenFixture.Made token = fixture.make("hosts_read");

    final Browser.Answer again =
        fixture
            .owner
            .browser()
            .post(
                "/api/v1/tokens",
                Map.of(
                    "name",
                    token.name().toUpperCase(java.util.Locale.ROOT),
                    "scopes",
                    List.of("hosts_read")));

    assertThat(again.code()).isEqualTo("name_taken");
    assertThat(again.text()).contains("already exists");
  }

  @Test
  @Tag("CG-C015")
  void remove_endsTheToken() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final Program program = fixture.program(token);
    assertThat(program.get("/api/v1/hosts").status()).isEqualTo(200);

    assertThat(fixture.remove(token).status()).isEqualTo(204);

    assertThat(program.get("/api/v1/hosts").code()).isEqualTo("unauthenticated");
    assertThat(fixture.owner.browser().get("/api/v1/tokens").text())
        .doesNotContain(token.id().toString());
    assertThat(fixture.remove(token).status()).isEqualTo(404);
    assertThat(fixture.countRecords(AuditType.TOKEN_REMOVED, token.id().toString())).isEqualTo(1);
  }

  @Test
  @Tag("CG-C016")
  void disable_refusesTheToken_andEnablingBringsItBack() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final Program program = fixture.program(token);

    assertThat(fixture.edit(token, false, List.of()).json().path("state").asString())
        .isEqualTo("disabled");
    assertThat(program.get("/api/v1/hosts").status()).isEqualTo(401);
    fixture.edit(token, true, List.of());

    assertThat(program.get("/api/v1/hosts").status()).isEqualTo(200);
    assertThat(fixture.countRecords(AuditType.TOKEN_CHANGED, token.id().toString())).isEqualTo(2);
  }

  @Test
  @Tag("CG-C017")
  void create_withAScopeThatNoTokenHas_isRefused() {
    for (String scope : List.of("platform_tenants", "own_sign_in", "everything")) {
      final Browser.Answer answer =
          fixture
              .owner
              .browser()
              .post("/api/v1/tokens", Map.of("name", "too much", "scopes", List.of(scope)));
      assertThat(answer.status()).as(scope).isEqualTo(400);
      assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("scopes");
    }
  }

  @Test
  @Tag("CG-C019")
  void token_ofAnotherTenant_isOutOfReach() {
    final UUID other = UUID.randomUUID();
    final UUID account = UUID.randomUUID();
    final UUID foreign = UUID.randomUUID();
    fixture.update(
        other, "insert into tenant (tenant_id, name, slug) values (?, 'Other', 'other')", other);
    fixture.update(
        other,
        "insert into service_account (tenant_id, id, name, role, created_at) values (?, ?, 'x', 'viewer', now())",
        other,
        account);
    fixture.update(
        other,
        """
        insert into api_token (tenant_id, id, name, service_account_id, secret_hash, scopes, networks, created_at)
        values (?, ?, 'theirs', ?, '$argon2id$', '{}', '{}', now())
        """,
        other,
        foreign,
        account);
    final Browser owner = fixture.owner.browser();
    final Map<String, Object> edit =
        Map.of("name", "mine", "enabled", false, "networks", List.of());

    assertThat(owner.get("/api/v1/tokens").text()).doesNotContain(foreign.toString());
    assertThat(owner.put("/api/v1/tokens/" + foreign, edit).status()).isEqualTo(404);
    assertThat(owner.delete("/api/v1/tokens/" + foreign).status()).isEqualTo(404);
    assertThat(owner.delete("/api/v1/service-accounts/" + account).status()).isEqualTo(404);
    assertThat(
            owner
                .post(
                    "/api/v1/tokens",
                    Map.of(
                        "name",
                        "for them",
                        "scopes",
                        List.of("hosts_read"),
                        "serviceAccount",
                        account))
                .status())
        .isEqualTo(404);
    assertThat(
            fixture.inTenant(
                other,
                () ->
                    fixture.server.bean(TokenRepository.class).list(null, null, null, 10).stream()
                        .map(row -> row.name() + row.disabled())
                        .toList()))
        .containsExactly("theirsfalse");
  }

  @Test
  void token_mayDoWhatItsScopesAllow_withoutCsrfToken_andNothingElse() {
    final Program program = fixture.program(fixture.make("hosts_read", "hosts_enrol"));

    assertThat(program.get("/api/v1/hosts").status()).isEqualTo(200);
    assertThat(
            program
                .send("POST", "/api/v1/join-codes", Map.of("secretDigest", "A".repeat(43)))
                .status())
        .isEqualTo(200);
    assertThat(program.get("/api/v1/audit/records").code()).isEqualTo("forbidden");
    assertThat(program.get("/api/v1/tokens").code()).isEqualTo("forbidden");
    assertThat(program.get("/api/v1/session").code()).isEqualTo("forbidden");
  }

  @Test
  void token_signsNobodyInOrOut() {
    final Program program = fixture.program(fixture.make("own_account"));

    assertThat(program.get("/api/v1/session").json().path("account").path("name").asString())
        .isEqualTo("owner");
    assertThat(program.send("DELETE", "/api/v1/session", null).code()).isEqualTo("forbidden");
    for (String path : List.of("/api/v1/session/password", "/api/v1/setup/code")) {
      final Browser.Answer answer =
          program.send("POST", path, Map.of("name", "owner", "password", "x"));
      assertThat(answer.code()).as(path).isEqualTo("forbidden");
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void token_besideACookie_countsAlone() {
    final String cookies =
        fixture.owner.browser().cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    final TokenFixture.Made token = fixture.make("hosts_read");
    final int port = fixture.server.port();

    assertThat(new Program(port, token.value(), cookies).get("/api/v1/tokens").status())
        .isEqualTo(403);
    assertThat(new Program(port, "bhk_nonsense", cookies).get("/api/v1/hosts").status())
        .isEqualTo(401);
  }

  @Test
  void token_makesNoTokenThatMayMoreThanItself() {
    final TokenFixture.Made maker =
        fixture.make(
            Map.of(
                "scopes", List.of("own_account", "hosts_read"),
                "networks", List.of("127.0.0.0/8", "::1"),
                "expiresInDays", 10));
    final Program program = fixture.program(maker);

    assertThat(post(program, Map.of("name", "a", "scopes", List.of("hosts_change"))).code())
        .isEqualTo("beyond_own_role");
    assertThat(
            post(program, Map.of("name", "a", "scopes", List.of("hosts_read"), "expiresInDays", 11))
                .code())
        .isEqualTo("validation");
    assertThat(
            post(
                    program,
                    Map.of(
                        "name",
                        "a",
                        "scopes",
                        List.of("hosts_read"),
                        "networks",
                        List.of("0.0.0.0/0")))
                .code())
        .isEqualTo("validation");
    final TokenFixture.Made child =
        TokenFixture.made(post(program, Map.of("name", "child", "scopes", List.of("hosts_read"))));
    assertThat(fixture.show(child).path("expiresAt"))
        .isEqualTo(fixture.show(maker).path("expiresAt"));
    assertThat(fixture.show(child).path("networks"))
        .isEqualTo(fixture.show(maker).path("networks"));
    assertThat(fixture.countRecords(AuditType.TOKEN_CREATED, maker.id().toString()))
        .as("the maker's own record, and the child's that names it")
        .isEqualTo(2);

    fixture.edit(maker, false, List.of());

    assertThat(fixture.program(child).get("/api/v1/hosts").status())
        .as("what a stolen token made goes with it")
        .isEqualTo(401);
    fixture.remove(maker);
    assertThat(fixture.remove(child).status()).isEqualTo(404);
  }

  @Test
  void localOperator_ownsNoTokens() throws Exception {
    final String local =
        java.nio.file.Files.readString(fixture.server.directory().resolve("local-token")).strip();
    final Program program = new Program(fixture.server.port(), local);

    assertThat(program.get("/api/v1/tokens").json().path("items")).isEmpty();
    assertThat(post(program, Map.of("name", "x", "scopes", List.of("hosts_read"))).code())
        .isEqualTo("forbidden");
    assertThat(program.get("/api/v1/service-accounts").status()).isEqualTo(403);
  }

  @Test
  void list_isPagedByName_andSearched() {
    for (int i = 0; i < 5; i++) {
      fixture.make(Map.of("name", "paged " + i, "scopes", List.of("hosts_read")));
    }

    final Browser owner = fixture.owner.browser();
    final JsonNode first = owner.get("/api/v1/tokens?query=PAGED&limit=3").json();
    final JsonNode second =
        owner
            .get("/api/v1/tokens?query=PAGED&limit=3&cursor=" + first.path("nextCursor").asString())
            .json();

    assertThat(names(first)).containsExactly("paged 0", "paged 1", "paged 2");
    assertThat(names(second)).containsExactly("paged 3", "paged 4");
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(owner.get("/api/v1/tokens?cursor=*").code()).isEqualTo("validation");
  }

  @Test
  void change_ofAnotherVersionThanWasSeen_isRefused() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final Program manager = fixture.program(fixture.make("own_account", "tokens_manage"));
    assertThat(manager.get("/api/v1/tokens").text()).contains(token.id().toString());

    assertThat(fixture.edit(token, true, List.of("10.0.0.0/8")).json().path("version").asInt())
        .isEqualTo(2);
    assertThat(fixture.edit(token, true, List.of("10.1.0.0/8")).text()).contains("10.0.0.0/8");
  }

  private static Browser.Answer post(Program program, Map<String, ?> body) {
    return program.send("POST", "/api/v1/tokens", body);
  }

  private static List<String> names(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("name").asString()).toList();
  }
}
