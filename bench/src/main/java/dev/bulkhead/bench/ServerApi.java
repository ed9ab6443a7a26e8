package dev.bulkhead.bench;

import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.agent.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The server's API as the pages use it, signed in as the owner. Thread-safe once set up.
final class ServerApi {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "marsh lantern orbit 47 quilt";

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Map<String, String> cookies = new ConcurrentHashMap<>();
  private volatile String csrf = "";

  ServerApi(int port) {
    base = "http://localhost:" + port;
  }

  /// Makes the first owner, with a second factor, as a person would.
  void setUp(String setupCode) throws IOException, InterruptedException {
    get("/api/v1/setup");
    Json.Obj code = post("/api/v1/setup/code", object().member("code", setupCode));
    Json.Obj account =
        post(
            "/api/v1/setup/account",
            object()
                .member("ceremony", text(code, "ceremony"))
                .member("name", "owner")
                .member("tenantName", "Bench")
                .member("password", PASSWORD));
    post(
        "/api/v1/setup/finish",
        object()
            .member("ceremony", text(account, "ceremony"))
            .member("factor", "totp")
            .member("code", Totp.code(text(member(account, "totp"), "secret"), Instant.now())));
  }

  /// Whether the server says that it is ready.
  boolean isReady() throws InterruptedException {
    try {
      return client
              .send(request("/readyz").build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // It does not listen yet, or no more.
      return false;
    }
  }

  /// How many hosts are up.
  int hostsUp() throws IOException, InterruptedException {
    Json.Obj totals = member(get("/api/v1/hosts?limit=1"), "totals");
    return totals.members().get("up") instanceof Json.Num(double up) ? (int) up : 0;
  }

  /// The id of the first host there is.
  Optional<String> findFirstHost() throws IOException, InterruptedException {
    return get("/api/v1/hosts?limit=1").members().get("items") instanceof Json.Arr(List<Json> items)
            && !items.isEmpty()
            && items.getFirst() instanceof Json.Obj host
        ? Optional.of(text(host, "id"))
        : Optional.empty();
  }

  /// Opens the live view of a host, which makes it sample every second; closing the stream ends
  /// it.
  Stream<String> watch(String host) throws IOException, InterruptedException {
    HttpRequest request =
        request("/api/v1/events?host=" + host).header("Accept", "text/event-stream").build();
    HttpResponse<Stream<String>> response =
        client.send(request, HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new MeasurementFailure("no live view: status " + response.statusCode());
    }
    return response.body();
  }

  Json.Obj get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  Json.Obj post(String path, JsonWriter body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("X-CSRF-Token", csrf)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.endObject().toString()))
            .build());
  }

  static JsonWriter object() {
    return new JsonWriter().beginObject();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    // The cookies are Secure, which browsers allow on localhost and the JDK's store does not.
    if (!cookies.isEmpty()) {
      builder.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return builder.header("Accept", "application/json");
  }

  private Json.Obj send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    Json.Obj body = parse(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new MeasurementFailure(
          request.uri().getPath() + " answered " + response.statusCode() + " " + response.body());
    }
    response.headers().allValues("set-cookie").forEach(this::keepCookie);
    @Nullable String token = body.findString("csrfToken");
    if (token == null && body.members().get("session") instanceof Json.Obj session) {
      token = session.findString("csrfToken");
    }
    if (token != null) {
      csrf = token;
    }
    return body;
  }

  private void keepCookie(String header) {
    String pair = header.split(";", 2)[0];
    int equals = pair.indexOf('=');
    if (header.contains("Max-Age=0") || equals == pair.length() - 1) {
      cookies.remove(pair.substring(0, equals));
    } else {
      cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private static Json.Obj parse(String body) throws IOException {
    try {
      return !body.isEmpty() && Json.parse(body) instanceof Json.Obj object
          ? object
          : new Json.Obj(Map.of());
    } catch (JsonFormatException e) {
      throw new IOException("the server's answer is no JSON", e);
    }
  }

  static Json.Obj member(Json.Obj object, String name) {
    if (object.members().get(name) instanceof Json.Obj member) {
      return member;
    }
    throw new MeasurementFailure("no " + name + " in the server's answer");
  }

  static String text(Json.Obj object, String name) {
    String text = object.findString(name);
    if (text == null) {
      throw new MeasurementFailure("no " + name + " in the server's answer");
    }
    return text;
  }
}
