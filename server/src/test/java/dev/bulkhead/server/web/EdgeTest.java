package dev.bulkhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.identity.Installation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Raw bytes against the real listener: every answer has the headers, is a problem where it is a
/// failure, and names no product.
final class EdgeTest {
  private static final String LINES = "Host: localhost\r\nConnection: close\r\n\r\n";

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

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("garbage", "\u0016\u0003\u0001\u0000garbage\r\n\r\n", 400),
        Arguments.of("no version", "GET /\r\n\r\n", 505),
        Arguments.of("bad version", "GET / HTTP/9.9\r\n" + LINES, 505),
        Arguments.of("NUL in the target", "GET /\u0000 HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("encoded NUL", "GET /%00 HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("bad percent", "GET /%zz HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("no Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        Arguments.of("two Hosts", "GET / HTTP/1.1\r\nHost: localhost\r\n" + LINES, 400),
        Arguments.of(
            "foreign Host",
            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            421),
        Arguments.of(
            "two lengths",
            "POST /api/v1/setup/code HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"
                + LINES
                + "0\r\n\r\n",
            400),
        Arguments.of(
            "20 KiB header",
            "GET / HTTP/1.1\r\nX-Long: " + "x".repeat(20_480) + "\r\n" + LINES,
            431),
        Arguments.of("long target", "GET /" + "x".repeat(20_480) + " HTTP/1.1\r\n" + LINES, 414),
        Arguments.of("TRACE", "TRACE / HTTP/1.1\r\n" + LINES, 405),
        Arguments.of("unknown method", "BREW /healthz HTTP/1.1\r\n" + LINES, 405),
        Arguments.of("method of another route", "DELETE /healthz HTTP/1.1\r\n" + LINES, 405),
        Arguments.of(
            "OPTIONS",
            "OPTIONS /api/v1/setup HTTP/1.1\r\nOrigin: https://evil.example\r\n" + LINES,
            405),
        Arguments.of("nothing here", "GET /nothing/here HTTP/1.1\r\n" + LINES, 404),
        Arguments.of("traversal", "GET /assets/../../etc/passwd HTTP/1.1\r\n" + LINES, 400),
        Arguments.of(
            "encoded traversal",
            "GET /assets/%2e%2e%2fapplication.properties HTTP/1.1\r\n" + LINES,
            400),
        Arguments.of(
            "other spelling of the API", "POST /%61pi/v1/setup/code HTTP/1.1\r\n" + LINES, 400),
        Arguments.of(
            "parameter in the API's path", "GET /api;x/v1/setup HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("parameter in a page's path", "GET /hosts;x=1 HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("two slashes", "GET /hosts//x HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("encoded percent", "GET /hosts/%25 HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("encoded line break", "GET /hosts/%0a HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("backslash", "GET /hosts/%5cx HTTP/1.1\r\n" + LINES, 400),
        Arguments.of("container's own directory", "GET /WEB-INF/web.xml HTTP/1.1\r\n" + LINES, 404),
        Arguments.of("unauthenticated", "GET /api/v1/session HTTP/1.1\r\n" + LINES, 401),
        Arguments.of("unknown API route", "GET /api/v1/nothing HTTP/1.1\r\n" + LINES, 401),
        Arguments.of(
            "forwarding header",
            "GET /healthz HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1\r\n" + LINES,
            400),
        Arguments.of(
            "body over the limit",
            "POST /api/v1/setup/code HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n"
                + LINES
                + "x".repeat(70_000),
            413));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void answer_toHostileRequest_isAProblemWithHeaders(String name, String request, int status) {
    final RawHttp.Answer answer = RawHttp.send(server.port(), request);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertHeaders(answer);
    assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"").contains("\"status\":" + status);
    assertNamesNoProduct(answer);
  }

  static Stream<Arguments> answered() {
    return Stream.of(
        Arguments.of("page", "GET / HTTP/1.1\r\n" + LINES, 200),
        Arguments.of("head", "HEAD / HTTP/1.1\r\n" + LINES, 200),
        Arguments.of("health", "GET /healthz HTTP/1.1\r\n" + LINES, 200),
        Arguments.of("file", "GET /favicon.svg HTTP/1.1\r\n" + LINES, 200),
        Arguments.of(
            "page by address",
            "GET /hosts HTTP/1.1\r\nAccept: text/html\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            302),
        Arguments.of(
            "unknown page", "GET /nothing HTTP/1.1\r\nAccept: text/html\r\n" + LINES, 404));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answered")
  void answer_toOrdinaryRequest_hasHeaders(String name, String request, int status) {
    final RawHttp.Answer answer = RawHttp.send(server.port(), request);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertHeaders(answer);
    assertNamesNoProduct(answer);
  }

  @Test
  void page_askedForAgain_isNotModifiedAndHasHeaders() {
    final String etag =
        RawHttp.send(server.port(), "GET / HTTP/1.1\r\n" + LINES).headers().get("etag");

    final RawHttp.Answer again =
        RawHttp.send(server.port(), "GET / HTTP/1.1\r\nIf-None-Match: " + etag + "\r\n" + LINES);

    assertThat(again.status()).isEqualTo(304);
    assertHeaders(again);
  }

  @Test
  void tooManyAttempts_haveHeadersAndRetryAfter() {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    Browser.Answer answer =
        browser.post("/api/v1/setup/finish", Map.of("ceremony", "x", "factor", "totp"));
    for (int i = 0; i < 15; i++) {
      answer =
          browser.post(
              "/api/v1/setup/finish", Map.of("ceremony", "x", "factor", "totp", "code", "1"));
    }

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers())
        .containsKeys("retry-after", "content-security-policy", "x-frame-options");
  }

  @Test
  void unknownField_isRefusedByName() {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");

    final Browser.Answer answer =
        browser.post("/api/v1/setup/code", Map.of("code", "x", "surprise", 1));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("surprise");
  }

  @Test
  @Tag("SP-C16")
  void listener_byDefault_isOnLoopbackAlone() {
    assertThat(server.configuration().ui().address()).isEqualTo("127.0.0.1");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                UiListener.settings(
                    new dev.bulkhead.server.configuration.ServerConfiguration.Ui(
                        "0.0.0.0", 0, null, null, null, null, null)))
        .hasMessageContaining("ui.tls");
  }

  @Test
  @Tag("AR-11")
  void unknownPaths_areAnsweredAllAlike() {
    final String api = body("GET /api/v1/hosts HTTP/1.1\r\n");
    for (String path :
        List.of(
            "/api/",
            "/api/v1/nothing",
            "/api/v2/hosts",
            "/api/v1/hosts/00000000-0000-0000-0000-000000000000",
            "/api/v1/tenants/x/purge",
            "/api/openapi.json",
            "/api/openapi.json/swagger-config",
            "/api/openapi.json.yaml")) {
      assertThat(body("GET " + path + " HTTP/1.1\r\n")).as(path).isEqualTo(api);
      assertThat(body("DELETE " + path + " HTTP/1.1\r\n")).as(path).isEqualTo(api);
    }
    final String elsewhere = body("GET /nowhere HTTP/1.1\r\n");
    assertThat(elsewhere).startsWith("404").doesNotContain("nowhere");
    for (String path :
        List.of(
            "/actuator",
            "/actuator/heapdump",
            "/error",
            "/swagger-ui.html",
            "/swagger-ui/index.html",
            "/v3/api-docs",
            "/h2-console",
            "/WEB-INF/web.xml",
            "/web-inf/classes",
            "/META-INF",
            "/META-INF/MANIFEST.MF",
            "/META-INF/resources/index.html",
            "/application.yaml",
            "/.git/config",
            "/.env",
            "/assets/",
            "/assets/nothing.js",
            "/v1/opamp",
            "/v1/enrol",
            "/index.html",
            "/db/migration/V1__identity_and_record.sql",
            "/metrics")) {
      assertThat(body("GET " + path + " HTTP/1.1\r\n")).as(path).isEqualTo(elsewhere);
    }
  }

  @Test
  @Tag("AR-13")
  void badCredentials_areAnsweredLikeNone() {
    final String none = body("GET /api/v1/hosts HTTP/1.1\r\n");
    assertThat(none).startsWith("401");
    for (String credential :
        List.of(
            "Authorization: Bearer x",
            "Authorization: Bearer bhl_" + "A".repeat(43),
            "Authorization: Bearer bhk_" + "a".repeat(16) + "_" + "b".repeat(43),
            "Authorization: bearer bhk_x_y",
            "Authorization: Bearer",
            "Authorization: Bearer \u00e9\u00ff",
            "Authorization: Basic YTpi",
            "Authorization: Negotiate",
            "Authorization: ",
            "Cookie: __Host-bulkhead-00000000=" + "A".repeat(43),
            "Cookie: " + sessionCookie() + "=" + "A".repeat(43),
            "Cookie: " + sessionCookie() + "=%00",
            "Cookie: " + sessionCookie() + "=",
            "Cookie: =;;=\u00e9")) {
      assertThat(body("GET /api/v1/hosts HTTP/1.1\r\n" + credential + "\r\n"))
          .as(credential)
          .isEqualTo(none);
      assertThat(body("GET /api/v1/nothing HTTP/1.1\r\n" + credential + "\r\n"))
          .as(credential)
          .isEqualTo(none);
    }
    for (String query : List.of("?token=t", "?access_token=t", "?token=%C3%A9")) {
      assertThat(body("GET /api/v1/hosts" + query + " HTTP/1.1\r\n")).isEqualTo(none);
    }
  }

  @Test
  @Tag("AR-70")
  void crossOrigin_byDefault_getsNoHeader() {
    for (String origin : List.of("https://ui.example", "http://localhost:5173", "null")) {
      for (String path : List.of("/api/v1/setup", "/api/v1/hosts", "/", "/nothing")) {
        assertThat(
                RawHttp.send(
                        server.port(),
                        "GET " + path + " HTTP/1.1\r\nOrigin: " + origin + "\r\n" + LINES)
                    .headers()
                    .keySet())
            .noneMatch(name -> name.startsWith("access-control-"));
      }
      assertThat(
              body(
                  "OPTIONS /api/v1/hosts HTTP/1.1\r\nAccess-Control-Request-Method: GET\r\nOrigin: "
                      + origin
                      + "\r\n"))
          .isEqualTo(body("OPTIONS /nothing HTTP/1.1\r\n"))
          .startsWith("405");
    }
  }

  private static String sessionCookie() {
    return "__Host-bulkhead-" + server.bean(Installation.class).shortId();
  }

  private static String body(String head) {
    final RawHttp.Answer answer = RawHttp.send(server.port(), head + LINES);
    return answer.status() + " " + answer.headers().get("content-type") + " " + answer.body();
  }

  private static void assertHeaders(RawHttp.Answer answer) {
    assertThat(answer.headers())
        .containsEntry("x-frame-options", "DENY")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsKeys("content-security-policy", "permissions-policy", "cache-control");
    assertThat(answer.headers().get("content-security-policy"))
        .doesNotContain("unsafe")
        .contains("frame-ancestors 'none'");
    assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
  }

  private static void assertNamesNoProduct(RawHttp.Answer answer) {
    final String head =
        answer.text().substring(0, answer.text().indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    assertThat(head).doesNotContain("jetty", "spring", "java");
    if (answer.status() >= 400 && !answer.body().startsWith("<!doctype")) {
      assertThat(answer.body().toLowerCase(Locale.ROOT))
          .doesNotContain("jetty", "spring", "exception", "java");
    }
  }
}
