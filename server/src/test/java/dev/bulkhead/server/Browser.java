package dev.bulkhead.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An HTTP client that behaves as our page does: keeps cookies, sends the CSRF token, speaks JSON.
/// It keeps `Secure` cookies on plain loopback too, as browsers do.
public final class Browser {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String origin;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable String csrf;

  public Browser(int port) {
    origin = "http://localhost:" + port;
  }

  /// An answer: its status, headers and JSON body (a missing node when there is none).
  public record Answer(int status, Map<String, List<String>> headers, String text) {
    public JsonNode json() {
      return text.isEmpty() || !(text.startsWith("{") || text.startsWith("["))
          ? JSON.missingNode()
          : JSON.readTree(text);
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    public String code() {
      return json().path("code").asString("");
    }
  }

  public Answer get(String path) {
    return send("GET", path, null, true);
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, true);
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body, true);
  }

  /// A change of exactly this version.
  public Answer putIfMatch(String path, Object body, String etag) {
    return send("PUT", path, body, true, Map.of("If-Match", etag));
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, true);
  }

  public Answer send(String method, String path, @Nullable Object body, boolean withCsrf) {
    return send(method, path, body, withCsrf, Map.of());
  }

  /// Opens a live view and keeps its lines as they come.
  public LiveLines stream(String path) {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> ended =
        client
            .sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofLines())
            .thenAcceptAsync(response -> response.body().forEach(lines::add));
    return new LiveLines(lines, ended);
  }

  /// The lines of a live view so far.
  ///
  /// @param ended done when the server has closed it
  public record LiveLines(List<String> lines, CompletableFuture<Void> ended) {
    /// Whether a text has come.
    public boolean contains(String text) {
      return lines.stream().anyMatch(line -> line.contains(text));
    }
  }

  /// Begins to read an answer that goes on, or is no text; the caller closes it.
  public HttpResponse<InputStream> open(String path) {
    try {
      return client.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path));
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          String.join(
              "; ",
              cookies.entrySet().stream().map(c -> c.getKey() + "=" + c.getValue()).toList()));
    }
    return request;
  }

  private Answer send(
      String method,
      String path,
      @Nullable Object body,
      boolean withCsrf,
      Map<String, String> headers) {
    final HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    if (withCsrf && csrf != null) {
      request.header("X-CSRF-Token", csrf);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(
          method,
          HttpRequest.BodyPublishers.ofString(
              body instanceof String text ? text : JSON.writeValueAsString(body)));
    }
    try {
      return remember(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  private Answer remember(HttpResponse<String> response) {
    for (String cookie : response.headers().allValues("set-cookie")) {
      final String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    final Answer answer =
        new Answer(response.statusCode(), response.headers().map(), response.body());
    final JsonNode json = answer.json();
    final JsonNode token =
        json.has("session") ? json.path("session").path("csrfToken") : json.path("csrfToken");
    if (token.isString()) {
      csrf = token.asString();
    }
    return answer;
  }
}
