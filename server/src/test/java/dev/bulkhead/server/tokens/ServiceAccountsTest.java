package dev.bulkhead.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Program;
import dev.bulkhead.server.audit.AuditType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Accounts of programs, and what becomes of their tokens when they change.
final class ServiceAccountsTest {
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
  void account_isOperatedByItsTokens_andDiesWithThem() {
    final UUID account = fixture.account("deployer", "operator");
    final TokenFixture.Made token = token(account, "hosts_enrol");
    final Program program = fixture.program(token);
    assertThat(enrol(program).status()).isEqualTo(200);
    assertThat(fixture.show(token).path("owner").path("kind").asString()).isEqualTo("service");
    assertThat(fixture.countRecords(AuditType.JOIN_CODE_CREATED, "deployer")).isEqualTo(1);

    change(account, "viewer");
    assertThat(enrol(program).code()).as("its role holds at once").isEqualTo("forbidden");
    change(account, "operator");
    assertThat(enrol(program).status()).isEqualTo(200);

    assertThat(fixture.owner.browser().delete("/api/v1/service-accounts/" + account).status())
        .isEqualTo(204);
    assertThat(enrol(program).status()).isEqualTo(401);
    assertThat(fixture.countRecords(AuditType.SERVICE_ACCOUNT_REMOVED, account.toString()))
        .isEqualTo(1);
  }

  @Test
  void create_asOwner_orTwice_orWithAGroupThatIsNone_isRefused() {
    fixture.account("once", "admin");

    assertThat(create(Map.of("name", "boss", "role", "owner")).code()).isEqualTo("validation");
    assertThat(create(Map.of("name", "boss", "role", "local")).code()).isEqualTo("validation");
    assertThat(create(Map.of("name", "ONCE", "role", "viewer")).code()).isEqualTo("name_taken");
    assertThat(
            create(
                    Map.of(
                        "name",
                        "lost",
                        "role",
                        "viewer",
                        "scope",
                        Map.of("tags", List.of(), "groups", List.of(UUID.randomUUID()))))
                .code())
        .isEqualTo("validation");
  }

  @Test
  void token_forAnAccount_hasNoScopeBeyondTheAccountsRole() {
    final UUID account = fixture.account("reader", "viewer");

    final Browser.Answer answer =
        fixture
            .owner
            .browser()
            .post(
                "/api/v1/tokens",
                Map.of(
                    "name", "more", "scopes", List.of("hosts_change"), "serviceAccount", account));

    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("scopes");
  }

  @Test
  void adminsProgram_makesNothingAboveItself() {
    final UUID admin = fixture.account("robot", "admin");
    final Program program =
        fixture.program(
            token(admin, "own_account", "tokens_manage", "hosts_read", "tenant_read", "api_read"));

    assertThat(
            program
                .send("POST", "/api/v1/service-accounts", Map.of("name", "n1", "role", "viewer"))
                .status())
        .isEqualTo(201);
    assertThat(
            program
                .send("POST", "/api/v1/service-accounts", Map.of("name", "n2", "role", "operator"))
                .code())
        .as("its token lacks what an operator may")
        .isEqualTo("beyond_own_role");
    final TokenFixture.Made owners = fixture.make("hosts_read");
    assertThat(program.send("DELETE", "/api/v1/tokens/" + owners.id(), null).code())
        .isEqualTo("beyond_own_role");
  }

  @Test
  void scope_isShownWithItsGroupsByName() {
    final UUID group = UUID.randomUUID();
    fixture.update(
        fixture.owner.tenant(),
        "insert into host_group (tenant_id, id, name, tags) values (?, ?, 'web', '{role:web}')",
        fixture.owner.tenant(),
        group);

    final Browser.Answer made =
        create(
            Map.of(
                "name",
                "scoped",
                "role",
                "operator",
                "scope",
                Map.of("tags", List.of("env:prod"), "groups", List.of(group))));

    assertThat(made.json().path("scope").toString())
        .isEqualTo(
            "{\"tags\":[\"env:prod\"],\"groups\":[{\"id\":\"" + group + "\",\"name\":\"web\"}]}");
    final TokenFixture.Made token =
        token(UUID.fromString(made.json().path("id").asString()), "hosts_read");
    assertThat(
            fixture
                .server
                .bean(TokenRepository.class)
                .find(token.id())
                .orElseThrow()
                .scope()
                .covers(List.of("role:web")))
        .isTrue();
    assertThat(fixture.owner.browser().delete("/api/v1/groups/" + group).text())
        .contains("group_in_use", "the service account scoped");
  }

  private static TokenFixture.Made token(UUID account, String... scopes) {
    return fixture.make(Map.of("scopes", List.of(scopes), "serviceAccount", account));
  }

  private static Browser.Answer create(Map<String, ?> body) {
    return fixture.owner.browser().post("/api/v1/service-accounts", body);
  }

  private static void change(UUID account, String role) {
    final Browser.Answer answer =
        fixture
            .owner
            .browser()
            .put("/api/v1/service-accounts/" + account, Map.of("name", "deployer", "role", role));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static Browser.Answer enrol(Program program) {
    return program.send("POST", "/api/v1/join-codes", Map.of("secretDigest", "A".repeat(43)));
  }
}
