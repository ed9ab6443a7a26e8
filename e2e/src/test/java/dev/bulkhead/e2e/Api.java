package dev.bulkhead.e2e;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The API of a server as a program of its owner uses it: JSON, cookies, CSRF token. Thread-safe
/// once it is set up.
final class Api {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final String url;
  private final Map<String, String> cookies;
  private volatile String csrf = "";

  private Api(String url, Map<String, String> cookies) {
    this.url = url;
    this.cookies = cookies;
  }

  /// A client of a fresh installation: sets it up, and is signed in as its owner.
  static Api setUp(Up up) {
    return setUp(up, new ConcurrentHashMap<>());
  }

  /// The same with a jar of cookies that others use too, as the tabs of a browser do.
  static Api setUp(Up up, Map<String, String> cookies) {
    final Api api = new Api(up.url(), cookies);
    api.get("/api/v1/setup").ok();
    final String ceremony =
        api.post("/api/v1/setup/code", json("code", up.setupCode()).build()).text("ceremony");
    final JsonObject account =
        api.post(
                "/api/v1/setup/account",
                json("ceremony", ceremony)
                    .and("name", Person.NAME)
                    .and("tenantName", "Acme")
                    .and("password", Person.PASSWORD)
                    .build())
            .ok();
    final App app = new App(account.getAsJsonObject("totp").get("secret").getAsString());
    api.post(
            "/api/v1/setup/finish",
            json("ceremony", account.get("ceremony").getAsString())
                .and("factor", "totp")
                .and("code", app.code(0))
                .build())
        .ok();
    return api;
  }

  /// An answer.
  record Answer(int status, String body) {
    /// The body of an answer that went well.
    JsonObject ok() {
      if (status >= 300) {
        throw new AssertionError("status " + status + ": " + body);
      }
      return body.isEmpty() ? new JsonObject() : JsonParser.parseString(body).getAsJsonObject();
    }

    String text(String member) {
      return ok().get(member).getAsString();
    }
  }

  Map<String, String> cookies() {
    return cookies;
  }

  Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  Answer post(String path, JsonObject body) {
    return send("POST", path, Optional.of(body));
  }

  Answer delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  /// The status of a request that may also find nobody there: then 0.
  int status(String path) {
    try {
      return get(path).status();
    } catch (UncheckedIOException away) {
      return 0;
    }
  }

  List<JsonObject> hosts() {
    return objects(get("/api/v1/hosts").ok().getAsJsonArray("items"));
  }

  Optional<JsonObject> findHost(String id) {
    return hosts().stream().filter(host -> host.get("id").getAsString().equals(id)).findFirst();
  }

  /// Whether the server answers, and the host is up.
  boolean isUp(String host) {
    try {
      return findHost(host)
          .filter(found -> found.get("state").getAsString().equals("up"))
          .isPresent();
    } catch (UncheckedIOException | AssertionError away) {
      // The server or its database is not there at the moment, which is an answer too.
      return false;
    }
  }

  /// The times of the points of a metric without attributes.
  List<Instant> history(String host, String metric, Instant from, Instant to) {
    final JsonObject history =
        get("/api/v1/hosts/"
                + host
                + "/history?metric="
                + encoded(metric)
                + "&from="
                + encoded(from.toString())
                + "&to="
                + encoded(to.toString()))
            .ok();
    return objects(history.getAsJsonArray("series")).stream()
        .filter(series -> series.getAsJsonObject("attributes").isEmpty())
        .flatMap(series -> stream(series.getAsJsonArray("points")))
        .map(point -> Instant.ofEpochMilli(point.getAsJsonArray().get(0).getAsLong()))
        .toList();
  }

  /// Opens a stream of events; the caller closes it.
  InputStream events(String host) throws IOException {
    try {
      final HttpResponse<InputStream> response =
          http.send(
              request("/api/v1/events?host=" + host).GET().build(),
              HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JsonObject> objects(JsonArray array) {
    return stream(array).map(JsonElement::getAsJsonObject).toList();
  }

  private static java.util.stream.Stream<JsonElement> stream(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Body json(String name, String value) {
    return new Body(new JsonObject()).and(name, value);
  }

  /// A JSON object that grows.
  record Body(JsonObject build) {
    Body and(String name, String value) {
      build.addProperty(name, value);
      return this;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    final HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "*/*");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          new TreeMap<>(cookies)
              .entrySet().stream()
                  .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                  .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Answer send(String method, String path, Optional<JsonObject> body) {
    final HttpRequest.Builder request = request(path).timeout(ANSWER);
    if (!method.equals("GET")) {
      request.header("X-CSRF-Token", csrf);
    }
    body.ifPresent(_ -> request.header("Content-Type", "application/json"));
    request.method(
        method,
        body.map(object -> HttpRequest.BodyPublishers.ofString(object.toString()))
            .orElseGet(HttpRequest.BodyPublishers::noBody));
    try {
      final HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("set-cookie").forEach(this::take);
      final Answer answer = new Answer(response.statusCode(), response.body());
      remember(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void take(String header) {
    final String cookie = header.substring(0, (header + ";").indexOf(';'));
    final String name = cookie.substring(0, cookie.indexOf('='));
    final String value = cookie.substring(cookie.indexOf('=') + 1);
    if (value.isEmpty() || header.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, value);
    }
  }

  private void remember(Answer answer) {
    if (!answer.body().startsWith("{")) {
      return;
    }
    final JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
    final JsonObject holder = body.get("session") instanceof JsonObject session ? session : body;
    if (holder.has("csrfToken")) {
      csrf = holder.get("csrfToken").getAsString();
    }
  }
}
