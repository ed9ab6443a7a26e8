package dev.bulkhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Raw requests of pages elsewhere, to a server that lists one origin.
final class CrossOriginTest {
  private static final String LISTED = "https://ui.example.org";
  private static final String END = "Host: localhost\r\nConnection: close\r\n\r\n";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(List.of(LISTED, "http://localhost:5173"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
  @Tag("AR-68")
  void preflight_ofListedOrigin_isAnsweredWithoutAToken(String method) {
    final RawHttp.Answer answer =
        preflight(LISTED, method, "authorization, Content-Type,if-match, x-csrf-token");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", LISTED)
        .containsEntry("access-control-allow-methods", "GET, POST, PUT, DELETE")
        .containsEntry(
            "access-control-allow-headers", "Content-Type, Authorization, If-Match, X-CSRF-Token")
        .containsEntry("access-control-max-age", "600")
        .containsEntry("vary", "Origin")
        .containsKey("content-security-policy")
        .doesNotContainKey("access-control-allow-credentials");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "https://ui.example.org.evil.example",
        "https://evil-ui.example.org",
        "http://ui.example.org",
        "https://ui.example.org:444",
        "https://UI.example.org",
        "https://ui.example.org, https://evil.example",
        "http://localhost",
        "*"
      })
  @Tag("AR-69")
  void otherOrigin_getsNoHeader(String origin) {
    assertNothingAllowed(preflight(origin, "GET", "authorization"), 405);
    assertNothingAllowed(get("/api/v1/setup", origin), 200);
  }

  @Test
  void preflight_ofAnotherMethodOrHeader_isRefused() {
    assertNothingAllowed(preflight(LISTED, "TRACE", "authorization"), 405);
    assertNothingAllowed(preflight(LISTED, "PATCH", "authorization"), 405);
    assertNothingAllowed(preflight(LISTED, "get", "authorization"), 405);
    assertNothingAllowed(preflight(LISTED, "GET", "X-Evil"), 405);
    assertNothingAllowed(preflight(LISTED, "GET", "authorization, cookie"), 405);
    assertNothingAllowed(
        send("OPTIONS /api/v1/hosts HTTP/1.1\r\nOrigin: " + LISTED + "\r\n" + END), 405);
    assertNothingAllowed(
        send(
            "OPTIONS /hosts HTTP/1.1\r\nOrigin: "
                + LISTED
                + "\r\nAccess-Control-Request-Method: GET\r\n"
                + END),
        405);
  }

  @Test
  void preflight_withTwoOrigins_isRefused() {
    assertNothingAllowed(
        send(
            "OPTIONS /api/v1/hosts HTTP/1.1\r\nOrigin: %s\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n%s"
                .formatted(LISTED, END)),
        405);
  }

  @Test
  void preflight_ofAnUnknownPath_isAnsweredLikeAnyOther() {
    assertThat(
            send("OPTIONS /api/v1/nothing HTTP/1.1\r\nOrigin: %s\r\nAccess-Control-Request-Method: GET\r\n%s"
                    .formatted(LISTED, END))
                .headers())
        .isEqualTo(preflight(LISTED, "GET", "authorization").headers());
  }

  @Test
  @Tag("AR-71")
  void answerToListedOrigin_namesIt_failuresToo_andNeverAllowsCookies() {
    for (String path : List.of("/api/v1/setup", "/api/v1/hosts", "/api/v1/nothing", "/api;x/y")) {
      final RawHttp.Answer answer = get(path, LISTED);
      assertThat(answer.headers())
          .as(path)
          .containsEntry("vary", "Origin")
          .doesNotContainKey("access-control-allow-credentials");
      if (path.startsWith("/api/")) {
        assertThat(answer.headers()).containsEntry("access-control-allow-origin", LISTED);
      }
    }
    assertThat(get("/", LISTED).headers()).doesNotContainKey("access-control-allow-origin");
  }

  private static void assertNothingAllowed(RawHttp.Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    assertThat(answer.headers()).containsEntry("vary", "Origin");
  }

  private static RawHttp.Answer preflight(String origin, String method, String headers) {
    return send(
        "OPTIONS /api/v1/hosts HTTP/1.1\r\nOrigin: %s\r\nAccess-Control-Request-Method: %s\r\nAccess-Control-Request-Headers: %s\r\n%s"
            .formatted(origin, method, headers, END));
  }

  private static RawHttp.Answer get(String path, String origin) {
    return send("GET " + path + " HTTP/1.1\r\nOrigin: " + origin + "\r\n" + END);
  }

  private static RawHttp.Answer send(String request) {
    return RawHttp.send(server.port(), request);
  }
}
