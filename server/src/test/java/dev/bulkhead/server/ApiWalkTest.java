package dev.bulkhead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Calls every endpoint that there is as nobody, before the setup.
final class ApiWalkTest {
  private static final List<String> OPEN =
      List.of(
          "GET /",
          "GET /account",
          "GET /hosts",
          "GET /hosts/{id}",
          "GET /invitation",
          "GET /people",
          "GET /setup",
          "GET /sign-in",
          "GET /tenant",
          "GET /tenants",
          "GET /tokens",
          "GET /healthz",
          "GET /readyz",
          "GET /api/v1/setup",
          "POST /api/v1/setup/code",
          "POST /api/v1/setup/password-check",
          "POST /api/v1/setup/account",
          "POST /api/v1/setup/finish");
  private static final List<String> SIGN_IN =
      List.of(
          "POST /api/v1/session/password",
          "POST /api/v1/session/totp",
          "POST /api/v1/session/recovery",
          "POST /api/v1/session/passkey",
          "POST /api/v1/session/passkey/options",
          "POST /api/v1/invitation/code",
          "POST /api/v1/invitation/password-check",
          "POST /api/v1/invitation/account",
          "POST /api/v1/invitation/finish");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("SP-C19")
  void everyEndpoint_beforeSetup_answersNobody() {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");

    for (String endpoint : endpoints()) {
      final String[] parts = endpoint.split(" ", 2);
      final String path = parts[1].replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000");
      final Object body = parts[0].equals("GET") || parts[0].equals("DELETE") ? null : Map.of();
      final Browser.Answer answer = browser.send(parts[0], path, body, true);
      if (SIGN_IN.contains(endpoint)) {
        assertThat(answer.status()).as(endpoint).isEqualTo(503);
        assertThat(answer.code()).as(endpoint).isEqualTo("setup_required");
      } else if (OPEN.contains(endpoint)) {
        assertThat(answer.status()).as(endpoint).isIn(200, 400);
      } else {
        assertThat(answer.status()).as(endpoint).isEqualTo(401);
        assertThat(answer.code()).as(endpoint).isEqualTo("unauthenticated");
      }
    }
    assertThat(endpoints())
        .as("endpoints that are open are listed here")
        .containsAll(OPEN)
        .containsAll(SIGN_IN);
  }

  @Test
  void everyEndpoint_withoutSessionAndCsrfToken_answersNobody() {
    for (String endpoint : endpoints()) {
      final String[] parts = endpoint.split(" ", 2);
      if (!OPEN.contains(endpoint) && !SIGN_IN.contains(endpoint)) {
        final String path =
            parts[1].replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000");
        assertThat(new Browser(server.port()).send(parts[0], path, null, false).status())
            .as(endpoint)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void everyPage_ofTheWebApplication_isServedWhenItIsReloaded() throws IOException {
    final Path router = Path.of("..", "web", "src", "router.tsx");
    final List<String> pages =
        Pattern.compile("path: \"(/[^\"]*)\"")
            .matcher(Files.readString(router))
            .results()
            .map(found -> "GET " + found.group(1).replaceAll("\\$\\w+", "{id}"))
            .toList();

    assertThat(pages).hasSizeGreaterThan(8);
    assertThat(server.endpoints()).containsAll(pages);
  }

  @Test
  void apiDocument_isTheCommittedOne() throws IOException {
    final Owner owner = Owner.setUp(server);
    final ObjectNode served = (ObjectNode) owner.browser().get("/api/openapi.json").json();
    // The one part that differs from server to server: its own address.
    served.remove("servers");
    final String text =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(tools.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writeValueAsString(JsonMapper.builder().build().treeToValue(served, Object.class));
    final Path committed = Path.of("..", "docs", "api", "openapi.json");
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(committed.getParent());
      Files.writeString(committed, text + "\n");
    }

    assertThat(served.path("openapi").asString()).startsWith("3.1");
    assertThat(Files.readString(committed).strip())
        .as(
            "write it anew with: ./mvnw -pl server -am verify -Dtest=ApiWalkTest -Dapi.write=true -Dsurefire.failIfNoSpecifiedTests=false")
        .isEqualTo(text);
  }

  private static List<String> endpoints() {
    return server.endpoints();
  }
}
