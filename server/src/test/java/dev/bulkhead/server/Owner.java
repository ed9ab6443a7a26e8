package dev.bulkhead.server;

import dev.bulkhead.server.identity.TestTotp;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The first owner of a server, made through its API as a person would, and signed in.
///
/// @param browser holds the session
/// @param tenant the owner's tenant
/// @param totp the owner's authenticator app
public record Owner(Browser browser, UUID tenant, TestTotp totp) {
  public static final String NAME = "owner";
  public static final String PASSWORD = "marsh lantern orbit 47 quilt";

  /// Goes through the setup with an authenticator app.
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
    final String tenant = done.json().path("session").path("account").path("tenantId").asString();
    return new Owner(browser, UUID.fromString(tenant), totp);
  }
}
