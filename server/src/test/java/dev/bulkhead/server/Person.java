package dev.bulkhead.server;

import dev.bulkhead.server.identity.TestTotp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Somebody who came in by an invitation, through the API as a person would, and is signed in.
///
/// @param browser holds the session
/// @param totp their authenticator app
public record Person(Browser browser, UUID id, String name, TestTotp totp) {
  /// Invites somebody whose name is that of the role, over every host.
  public static Person invite(TestServer server, Browser by, String role) {
    return invite(server, by, role, role, null);
  }

  /// Invites somebody; `tags` null is every host.
  public static Person invite(
      TestServer server, Browser by, String name, String role, @Nullable List<String> tags) {
    return accept(server, code(by, name, role, tags), name);
  }

  /// The code of a fresh invitation.
  public static String code(Browser by, String note, String role, @Nullable List<String> tags) {
    final Browser.Answer made = by.post("/api/v1/invitations", wanted(note, role, tags));
    if (made.status() != 201) {
      throw new AssertionError(made.text());
    }
    return made.json().path("code").asString();
  }

  /// The body of a request for an invitation.
  public static Map<String, Object> wanted(String note, String role, @Nullable List<String> tags) {
    final Map<String, Object> body = new HashMap<>();
    body.put("note", note);
    body.put("role", role);
    body.put("scope", scope(tags));
    return body;
  }

  /// A scope of tags alone; null for every host.
  public static @Nullable Map<String, Object> scope(@Nullable List<String> tags) {
    return tags == null ? null : Map.of("tags", tags, "groups", List.of());
  }

  /// Accepts an invitation with an authenticator app.
  public static Person accept(TestServer server, String code, String name) {
    final Accepting accepting = begin(server, code, name);
    final Browser.Answer done = accepting.finish();
    if (done.status() != 200) {
      throw new AssertionError(done.text());
    }
    return new Person(
        accepting.browser(),
        UUID.fromString(done.json().path("session").path("account").path("id").asString()),
        name,
        accepting.totp());
  }

  /// Goes through an acceptance up to the last step.
  public static Accepting begin(TestServer server, String code, String name) {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    final String opened =
        browser
            .post("/api/v1/invitation/code", Map.of("code", code))
            .json()
            .path("ceremony")
            .asString();
    final Browser.Answer account =
        browser.post(
            "/api/v1/invitation/account",
            Map.of("ceremony", opened, "name", name, "password", Owner.PASSWORD));
    if (account.status() != 200) {
      throw new AssertionError(account.text());
    }
    final JsonNode offer = account.json();
    return new Accepting(
        browser,
        offer.path("ceremony").asString(),
        new TestTotp(offer.path("totp").path("secret").asString()));
  }

  /// An acceptance that lacks its last step.
  public record Accepting(Browser browser, String ceremony, TestTotp totp) {
    public Browser.Answer finish() {
      return browser.post(
          "/api/v1/invitation/finish",
          Map.of("ceremony", ceremony, "factor", "totp", "code", totp.code(0)));
    }
  }

  /// What the person's page is told of them.
  public JsonNode account() {
    return browser.get("/api/v1/session").json().path("account");
  }
}
