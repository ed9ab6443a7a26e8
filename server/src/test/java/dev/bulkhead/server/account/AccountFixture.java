package dev.bulkhead.server.account;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.TestTotp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A server with an owner, and what people do to their own accounts.
record AccountFixture(TestServer server, Owner owner) implements AutoCloseable {
  static final String ACCOUNT = "/api/v1/account";

  static AccountFixture start() {
    final TestServer server = TestServer.start();
    return new AccountFixture(server, Owner.setUp(server));
  }

  @Override
  public void close() {
    server.close();
  }

  Browser browser() {
    return owner.browser();
  }

  JsonNode account() {
    return browser().get(ACCOUNT).json();
  }

  /// Adds a passkey to whoever a browser belongs to.
  TestPasskey addPasskey(Browser by, String name) {
    final TestPasskey passkey = new TestPasskey(server.port());
    final Browser.Answer added = addPasskey(by, name, passkey);
    if (added.status() != 201) {
      throw new AssertionError(added.text());
    }
    return passkey;
  }

  Browser.Answer addPasskey(Browser by, String name, TestPasskey passkey) {
    final JsonNode offer = by.post(ACCOUNT + "/passkeys/offer", Map.of()).json();
    return by.post(
        ACCOUNT + "/passkeys",
        Map.of(
            "ceremony",
            offer.path("ceremony").asString(),
            "name",
            name,
            "credential",
            passkey.create(offer.path("publicKey"))));
  }

  String passkeyId(Browser of, String name) {
    for (JsonNode passkey : of.get(ACCOUNT).json().path("passkeys")) {
      if (passkey.path("name").asString().equals(name)) {
        return passkey.path("id").asString();
      }
    }
    throw new AssertionError("no passkey " + name);
  }

  Browser.Answer stepUp(Browser by, TestPasskey passkey) {
    final JsonNode asked = by.post(ACCOUNT + "/step-up/passkey/options", Map.of()).json();
    return by.post(
        ACCOUNT + "/step-up",
        Map.of(
            "factor",
            "passkey",
            "ceremony",
            asked.path("ceremony").asString(),
            "credential",
            passkey.get(asked.path("publicKey"))));
  }

  static Browser.Answer stepUp(Browser by, String factor, String code) {
    return by.post(ACCOUNT + "/step-up", Map.of("factor", factor, "code", code));
  }

  /// A browser that nobody has signed in with.
  Browser stranger() {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    return browser;
  }

  Browser.Answer password(Browser by, String name, String password) {
    return by.post("/api/v1/session/password", Map.of("name", name, "password", password));
  }

  Browser signIn(String name, String password, TestTotp totp, int stepsAhead) {
    final Browser browser = stranger();
    final String ceremony = password(browser, name, password).json().path("ceremony").asString();
    final Browser.Answer done =
        browser.post(
            "/api/v1/session/totp", Map.of("ceremony", ceremony, "code", totp.code(stepsAhead)));
    if (done.status() != 200) {
      throw new AssertionError(done.text());
    }
    return browser;
  }

  Browser.Answer signIn(TestPasskey passkey) {
    final Browser browser = stranger();
    final JsonNode asked = browser.post("/api/v1/session/passkey/options", Map.of()).json();
    return browser.post(
        "/api/v1/session/passkey",
        Map.of(
            "ceremony",
            asked.path("ceremony").asString(),
            "credential",
            passkey.get(asked.path("publicKey"))));
  }

  /// A browser with a copy of another's cookies as they are now.
  Browser copyOf(Browser other) {
    final Browser copy = new Browser(server.port());
    copy.cookies().putAll(other.cookies());
    copy.get("/api/v1/session");
    return copy;
  }

  /// Lets ten minutes pass for all sessions.
  void makeStale() {
    sql("update session set fresh_until = now() - interval '1 second'");
  }

  void sql(String statement) {
    final Database database = server.bean(Database.class);
    database.inTenant(owner.tenant(), () -> database.sql().sql(statement).update());
  }

  <T> List<T> query(Class<T> type, String statement) {
    final Database database = server.bean(Database.class);
    return database.inTenant(
        owner.tenant(), () -> database.sql().sql(statement).query(type).list());
  }

  UUID sessionOf(Browser browser) {
    for (JsonNode session : browser.get(ACCOUNT + "/sessions").json().path("items")) {
      if (session.path("current").asBoolean()) {
        return UUID.fromString(session.path("id").asString());
      }
    }
    throw new AssertionError("no current session");
  }
}
