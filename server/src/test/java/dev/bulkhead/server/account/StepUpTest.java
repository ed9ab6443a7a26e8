package dev.bulkhead.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.Program;
import dev.bulkhead.server.Race;
import dev.bulkhead.server.Records;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

final class StepUpTest {
  private static final String ACCOUNT = AccountFixture.ACCOUNT;

  /// What needs a fresh proof, written down here anew.
  private static final Set<String> SENSITIVE =
      new TreeSet<>(
          List.of(
              "PUT /api/v1/account/password",
              "POST /api/v1/account/totp/offer",
              "POST /api/v1/account/totp",
              "DELETE /api/v1/account/totp",
              "POST /api/v1/account/passkeys/offer",
              "POST /api/v1/account/passkeys",
              "PUT /api/v1/account/passkeys/{id}",
              "DELETE /api/v1/account/passkeys/{id}",
              "POST /api/v1/account/recovery-codes",
              "PUT /api/v1/people/{id}",
              "POST /api/v1/people/{id}/suspend",
              "POST /api/v1/people/{id}/resume",
              "DELETE /api/v1/people/{id}",
              "PUT /api/v1/people/{id}/platform",
              "POST /api/v1/invitations",
              "DELETE /api/v1/tenant",
              "GET /api/v1/tenant/export",
              "POST /api/v1/tenants",
              "DELETE /api/v1/tenants/{id}",
              "POST /api/v1/tenants/{id}/purge",
              "POST /api/v1/tenants/{id}/restore",
              "PUT /api/v1/groups/{id}",
              "POST /api/v1/allowed-networks",
              "PUT /api/v1/allowed-networks/{id}",
              "DELETE /api/v1/allowed-networks/{id}",
              "POST /api/v1/tokens",
              "PUT /api/v1/tokens/{id}",
              "POST /api/v1/service-accounts",
              "PUT /api/v1/service-accounts/{id}"));

  private AccountFixture fixture = AccountFixture.start();
  private Browser browser = fixture.browser();

  @BeforeEach
  void look() {
    browser = fixture.browser();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void staleSession_isAskedForAFactor_onEverySensitiveEndpoint_andChangesNothing() {
    final Person viewer = Person.invite(fixture.server(), browser, "viewer");
    final List<String> before = state();
    fixture.makeStale();

    for (String endpoint : SENSITIVE) {
      final String[] parts = endpoint.split(" ", 2);
      final Browser.Answer answer =
          browser.send(
              parts[0],
              parts[1].replace("{id}", viewer.id().toString()),
              List.of("GET", "DELETE").contains(parts[0]) ? null : valid(endpoint),
              true);
      assertThat(answer.status()).as(endpoint).isEqualTo(403);
      assertThat(answer.code()).as(endpoint).isEqualTo("step_up_required");
      assertThat(answer.json().path("factors").toString())
          .as(endpoint)
          .isEqualTo("[\"totp\",\"recovery_code\"]");
    }
    assertThat(state()).isEqualTo(before);
    assertThat(viewer.browser().get("/api/v1/session").status()).isEqualTo(200);
    assertThat(fixture.account().path("stepUp").path("freshUntil").isNull()).isTrue();
  }

  @Test
  void everyEndpoint_isSensitiveOrNot_asTheTableSays() {
    final Set<String> marked = new TreeSet<>();
    fixture
        .server()
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              if (method.hasMethodAnnotation(dev.bulkhead.server.access.RequiresStepUp.class)) {
                info.getMethodsCondition()
                    .getMethods()
                    .forEach(
                        verb ->
                            info.getPatternValues().forEach(path -> marked.add(verb + " " + path)));
              }
            });

    assertThat(marked).isEqualTo(SENSITIVE);
  }

  @Test
  void stepUp_withApp_makesFresh_andCodeIsGoodOnce() {
    fixture.makeStale();
    final String code = fixture.owner().totp().code(1);

    final Browser.Answer done = AccountFixture.stepUp(browser, "totp", code);

    assertThat(done.status()).isEqualTo(200);
    assertThat(done.json().path("freshUntil").asString()).isNotBlank();
    assertThat(browser.post(ACCOUNT + "/totp/offer", Map.of()).status()).isEqualTo(200);
    final Browser.Answer again = AccountFixture.stepUp(browser, "totp", code);
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.code()).isEqualTo("factor_wrong");
    assertThat(Records.list(fixture.server(), fixture.owner().tenant(), "step_up.succeeded"))
        .hasSize(1);
    assertThat(Records.list(fixture.server(), fixture.owner().tenant(), "step_up.failed"))
        .hasSize(1);
  }

  @Test
  void stepUp_rotatesTheCookie_andAStolenOneIsDead() {
    final Browser thief = fixture.copyOf(browser);
    assertThat(thief.get("/api/v1/session").status()).isEqualTo(200);
    final var session = fixture.sessionOf(browser);

    AccountFixture.stepUp(browser, "totp", fixture.owner().totp().code(1));

    assertThat(thief.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(thief.post("/api/v1/invitations", Person.wanted("x", "viewer", null)).status())
        .isEqualTo(401);
    assertThat(fixture.sessionOf(browser)).isEqualTo(session);
  }

  @Test
  void stepUp_withPasskey_isBoundToItsPersonSessionAndOneUse() {
    final TestPasskey passkey = fixture.addPasskey(browser, "key");
    final Person other = Person.invite(fixture.server(), browser, "admin");
    final TestPasskey theirs = fixture.addPasskey(other.browser(), "key");
    fixture.makeStale();
    final JsonNode asked = browser.post(ACCOUNT + "/step-up/passkey/options", Map.of()).json();
    assertThat(asked.path("publicKey").path("allowCredentials").path(0).path("id").asString())
        .isEqualTo(passkey.credentialId());
    assertThat(asked.path("publicKey").path("userVerification").asString()).isEqualTo("required");
    final Map<String, Object> mine = answer(asked, passkey.get(asked.path("publicKey")));

    assertThat(
            browser
                .post(ACCOUNT + "/step-up", answer(asked, theirs.get(asked.path("publicKey"))))
                .code())
        .isEqualTo("factor_wrong");
    assertThat(other.browser().post(ACCOUNT + "/step-up", mine).code())
        .isEqualTo("ceremony_expired");
    assertThat(browser.post(ACCOUNT + "/step-up", mine).status()).isEqualTo(200);
    assertThat(browser.post(ACCOUNT + "/step-up", mine).code()).isEqualTo("ceremony_expired");
  }

  @Test
  void signInCeremony_isNoStepUp() {
    final TestPasskey passkey = fixture.addPasskey(browser, "key");
    final Browser stranger = fixture.stranger();
    final JsonNode asked = stranger.post("/api/v1/session/passkey/options", Map.of()).json();

    final Browser.Answer answer =
        browser.post(ACCOUNT + "/step-up", answer(asked, passkey.get(asked.path("publicKey"))));

    assertThat(answer.code()).isEqualTo("ceremony_expired");
  }

  @Test
  void stepUp_manyAtOnceWithOneCode_succeedsOnce() {
    final String code = fixture.owner().totp().code(1);
    final Callable<Integer> attempt =
        () -> AccountFixture.stepUp(fixture.copyOf(browser), "totp", code).status();

    final List<Integer> answers = Race.run(IntStream.range(0, 4).mapToObj(i -> attempt).toList());

    assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
  }

  @Test
  void apiToken_needsNoStepUp_andHasNoAccount() {
    final String value =
        browser
            .post(
                "/api/v1/tokens",
                Map.of(
                    "name",
                    "robot",
                    "scopes",
                    List.of(
                        "people_invite", "own_account", "api_read", "tenant_read", "hosts_read")))
            .json()
            .path("value")
            .asString();
    fixture.makeStale();
    final Program robot = new Program(fixture.server().port(), value);

    assertThat(
            robot.send("POST", "/api/v1/invitations", Person.wanted("x", "viewer", null)).status())
        .isEqualTo(201);
    assertThat(robot.get(ACCOUNT).status()).isEqualTo(403);
    assertThat(robot.send("POST", ACCOUNT + "/recovery-codes", Map.of()).status()).isEqualTo(403);
  }

  private static Map<String, Object> answer(JsonNode asked, Map<String, Object> credential) {
    return Map.of(
        "factor",
        "passkey",
        "ceremony",
        asked.path("ceremony").asString(),
        "credential",
        credential);
  }

  private static Object valid(String endpoint) {
    return switch (endpoint) {
      case "PUT /api/v1/account/password" ->
          Map.of("current", Owner.PASSWORD, "password", "copper violin 93 harbour mist");
      case "PUT /api/v1/people/{id}" -> Map.of("role", "operator");
      case "POST /api/v1/invitations" -> Person.wanted("x", "viewer", null);
      case "POST /api/v1/tokens" -> Map.of("name", "t", "scopes", List.of("hosts_read"));
      case "POST /api/v1/allowed-networks" -> Map.of("cidr", "127.0.0.0/8");
      case "POST /api/v1/service-accounts" -> Map.of("name", "s", "role", "viewer");
      case "POST /api/v1/tenants" -> Map.of("name", "Other");
      default -> Map.of();
    };
  }

  private List<String> state() {
    return fixture.query(
        String.class,
        """
        select id || role || password_hash || version from person
        union all select id::text from invitation union all select id::text from api_token
        union all select tenant_id || name from tenant union all select id::text from allowed_network
        union all select id::text from service_account union all select id::text from passkey
        union all select encode(code_hmac, 'hex') from recovery_code
        union all select encode(sealed_secret, 'hex') from totp_factor
        order by 1
        """);
  }
}
