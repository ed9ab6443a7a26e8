package dev.bulkhead.server.tokens;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Program;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// A server that has been set up, and an owner who makes tokens.
final class TokenFixture implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  final TestServer server = TestServer.start();
  final Owner owner = Owner.setUp(server);

  /// A token as its maker got it.
  record Made(UUID id, String name, String value) {}

  Made make(String... scopes) {
    return make(Map.of("scopes", List.of(scopes)));
  }

  Made make(Map<String, ?> wanted) {
    final Map<String, Object> body = new HashMap<>(wanted);
    body.putIfAbsent("name", "token " + COUNT.incrementAndGet());
    return made(owner.browser().post("/api/v1/tokens", body));
  }

  static Made made(Browser.Answer answer) {
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    final JsonNode token = answer.json().path("token");
    return new Made(
        UUID.fromString(token.path("id").asString()),
        token.path("name").asString(),
        answer.json().path("value").asString());
  }

  UUID account(String name, String role) {
    final Browser.Answer answer =
        owner.browser().post("/api/v1/service-accounts", Map.of("name", name, "role", role));
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return UUID.fromString(answer.json().path("id").asString());
  }

  Program program(Made token) {
    return new Program(server.port(), token.value());
  }

  Browser.Answer edit(Made token, boolean enabled, List<String> networks) {
    return owner
        .browser()
        .put(
            "/api/v1/tokens/" + token.id(),
            Map.of("name", token.name(), "enabled", enabled, "networks", networks));
  }

  Browser.Answer remove(Made token) {
    return owner.browser().delete("/api/v1/tokens/" + token.id());
  }

  JsonNode show(Made token) {
    return owner
        .browser()
        .get("/api/v1/tokens")
        .json()
        .path("items")
        .valueStream()
        .filter(item -> item.path("id").asString().equals(token.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  <T> T inTenant(UUID tenant, Supplier<T> work) {
    return server.bean(Database.class).inTenant(tenant, work);
  }

  int update(UUID tenant, String sql, Object... parameters) {
    return inTenant(
        tenant, () -> server.bean(Database.class).sql().sql(sql).params(parameters).update());
  }

  /// How many records of a kind name a text in the tenant's chain.
  long countRecords(AuditType type, String text) {
    return server.bean(AuditLog.class).list(owner.tenant(), 0, 10_000).stream()
        .map(record -> new String(record.record(), StandardCharsets.UTF_8))
        .filter(record -> record.contains(type.code()) && record.contains(text))
        .count();
  }

  @Override
  public void close() {
    server.close();
  }
}
