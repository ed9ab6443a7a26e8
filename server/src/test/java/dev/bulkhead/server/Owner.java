package dev.bulkhead.server;

import dev.bulkhead.server.identity.TestTotp;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A signed-in first owner, made through the API as a person would.
public final class Owner {
  public static final String NAME = "owner";
  public static final String PASSWORD = "marsh lantern orbit 47 quilt";

  private final Browser browser;
  private final TestTotp totp;

  private Owner(Browser browser, TestTotp totp) {
    this.browser = browser;
    this.totp = totp;
  }

  public static Owner setUp(TestServer server) {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    final String opened =
        browser
            .post("/api/v1/setup/code", Map.of("code", server.setupCode()))
            .json()
            .path("ceremony")
            .asString();
    final JsonNode offer =
        browser
            .post(
                "/api/v1/setup/account",
                Map.of(
                    "ceremony", opened, "name", NAME, "tenantName", "Acme", "password", PASSWORD))
            .json();
    final TestTotp totp = new TestTotp(offer.path("totp").path("secret").asString());
    final Browser.Answer done =
        browser.post(
            "/api/v1/setup/finish",
            Map.of(
                "ceremony",
                offer.path("ceremony").asString(),
                "factor",
                "totp",
                "code",
                totp.code(0)));
    if (done.status() != 200) {
      throw new AssertionError(done.text());
    }
    return new Owner(browser, totp);
  }

  public Browser browser() {
    return browser;
  }

  public TestTotp totp() {
    return totp;
  }
}
