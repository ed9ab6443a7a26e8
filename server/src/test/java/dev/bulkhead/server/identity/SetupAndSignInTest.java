package dev.bulkhead.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class SetupAndSignInTest {
  private static final String PASSWORD = "marsh lantern orbit 47 quilt";

  private TestServer server;
  private Browser browser;

  @BeforeEach
  void start() {
    server = TestServer.start();
    browser = new Browser(server.port());
    browser.get("/api/v1/setup");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Tag("SP-C01")
  void signIn_beforeSetup_saysSetupRequired() {
    final Browser.Answer answer =
        browser.post("/api/v1/session/password", Map.of("name", "admin", "password", "admin"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("setup_required");
  }

  @Test
  void setup_withApp_makesOwnerWhoCanSignOutAndInAgain() {
    final TestTotp totp = setUpWithApp();

    assertThat(browser.get("/api/v1/session").json().path("account").path("role").asString())
        .isEqualTo("owner");
    assertThat(browser.delete("/api/v1/session").status()).isEqualTo(204);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    browser.get("/api/v1/setup");
    final JsonNode next =
        browser
            .post("/api/v1/session/password", Map.of("name", "ÔWNER", "password", PASSWORD))
            .json();
    assertThat(next.path("factors").toString()).contains("totp", "recovery_code");
    final String ceremony = next.path("ceremony").asString();
    assertThat(
            browser
                .post("/api/v1/session/totp", Map.of("ceremony", ceremony, "code", totp.code(0)))
                .status())
        .as("the code of the setup's own step is spent")
        .isEqualTo(401);
    assertThat(
            browser
                .post("/api/v1/session/totp", Map.of("ceremony", ceremony, "code", totp.code(1)))
                .status())
        .isEqualTo(200);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void finish_twice_isRefused() {
    setUpWithApp();

    final Browser.Answer again =
        browser.post("/api/v1/setup/code", Map.of("code", "AAAA-BBBB-CCCC-DDDD"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("setup_done");
    assertThat(server.directory().resolve("setup-code")).doesNotExist();
  }

  @Test
  void setupCode_wrong_isRefusedAndLimited() {
    Browser.Answer last = browser.post("/api/v1/setup/code", Map.of("code", "0000-0000-0000-0000"));
    assertThat(last.code()).isEqualTo("setup_code_wrong");

    for (int i = 0; i < 12; i++) {
      last = browser.post("/api/v1/setup/code", Map.of("code", "0000-0000-0000-0000"));
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.headers().get("retry-after")).isNotEmpty();
  }

  @Test
  void setupCode_afterRestart_isNewAndTheOldOneIsDead() {
    final String old = server.setupCode();

    server.restart();
    browser = new Browser(server.port());
    browser.get("/api/v1/setup");

    assertThat(server.setupCode()).isNotEqualTo(old);
    assertThat(browser.post("/api/v1/setup/code", Map.of("code", old)).status()).isEqualTo(403);
  }

  @Test
  void account_withCommonOrShortPassword_isRefusedWithAdvice() {
    for (String weak : List.of("short", "password1234", "dragonballz2024!", "qwertyuiopasdf")) {
      final JsonNode verdict =
          browser
              .post("/api/v1/setup/password-check", Map.of("password", weak, "name", "owner"))
              .json();
      assertThat(verdict.path("accepted").asBoolean()).as(weak).isFalse();
      assertThat(verdict.path("hint").asString()).isNotBlank();
    }
    final String ceremony = openSetup();

    final Browser.Answer answer =
        browser.post(
            "/api/v1/setup/account",
            Map.of(
                "ceremony",
                ceremony,
                "name",
                "owner",
                "tenantName",
                "Acme",
                "password",
                "password1234"));

    assertThat(answer.code()).isEqualTo("validation");
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("password");
  }

  @Test
  void recoveryCode_worksOnce() {
    final JsonNode done = setUp().json();
    final String code = done.path("recoveryCodes").path(0).asString();
    assertThat(done.path("recoveryCodes")).hasSize(10);

    assertThat(recover(code).status()).isEqualTo(200);
    assertThat(recover(code).status()).isEqualTo(401);
  }

  @Test
  void session_survivesRestart_andIsKnownOnlyAsKeyedHash() {
    setUpWithApp();

    server.restart();
    final Browser later = new Browser(server.port());
    later.cookies().putAll(browser.cookies());

    assertThat(later.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void change_afterManyReads_isStillAccepted() {
    setUpWithApp();

    for (String path :
        List.of("/api/v1/setup", "/api/v1/session", "/api/v1/hosts", "/api/v1/status")) {
      assertThat(browser.get(path).headers()).as(path).doesNotContainKey("set-cookie");
    }

    assertThat(browser.delete("/api/v1/session").status()).isEqualTo(204);
  }

  @Test
  void change_withoutCsrfToken_isRefused() {
    setUpWithApp();

    final Browser.Answer answer = browser.send("DELETE", "/api/v1/session", null, false);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("csrf");
  }

  private Browser.Answer recover(String code) {
    final Browser other = new Browser(server.port());
    other.get("/api/v1/setup");
    final String ceremony =
        other
            .post("/api/v1/session/password", Map.of("name", "ôwner", "password", PASSWORD))
            .json()
            .path("ceremony")
            .asString();
    return other.post(
        "/api/v1/session/recovery",
        Map.of("ceremony", ceremony, "code", code.toUpperCase(java.util.Locale.ROOT)));
  }

  private String openSetup() {
    return browser
        .post("/api/v1/setup/code", Map.of("code", server.setupCode()))
        .json()
        .path("ceremony")
        .asString();
  }

  private TestTotp app = new TestTotp("");

  private Browser.Answer setUp() {
    final JsonNode offer =
        browser
            .post(
                "/api/v1/setup/account",
                Map.of(
                    "ceremony",
                    openSetup(),
                    "name",
                    "ôwner",
                    "tenantName",
                    "Acme",
                    "password",
                    PASSWORD))
            .json();
    assertThat(offer.path("totp").path("qrSvg").asString()).startsWith("<svg");
    assertThat(offer.path("passkey").path("publicKey").path("rp").path("id").asString())
        .isEqualTo("localhost");
    app = new TestTotp(offer.path("totp").path("secret").asString());
    final Browser.Answer done =
        browser.post(
            "/api/v1/setup/finish",
            Map.of(
                "ceremony",
                offer.path("ceremony").asString(),
                "factor",
                "totp",
                "code",
                app.code(0)));
    assertThat(done.status()).isEqualTo(200);
    return done;
  }

  private TestTotp setUpWithApp() {
    setUp();
    return app;
  }
}
