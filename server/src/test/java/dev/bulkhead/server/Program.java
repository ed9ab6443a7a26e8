package dev.bulkhead.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A client that proves itself with an `Authorization` header, and keeps no cookies. Thread-safe.
public final class Program {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String origin;
  private final String authorization;
  private final @Nullable String cookie;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public Program(int port, String token) {
    this(port, token, null);
  }

  /// With a browser's cookies besides.
  public Program(int port, String token, @Nullable String cookie) {
    origin = "http://localhost:" + port;
    authorization = "Bearer " + token;
    this.cookie = cookie;
  }

  public Browser.Answer get(String path) {
    return send("GET", path, null);
  }

  public Browser.Answer send(String method, String path, @Nullable Object body) {
    final HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    try {
      final HttpResponse<String> response =
          client.send(
              request(path)
                  .header("Content-Type", "application/json")
                  .method(method, content)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Browser.Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens a stream that has answered its head.
  public InputStream open(String path) {
    try {
      final HttpResponse<InputStream> response =
          client.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    final HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", authorization);
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return request;
  }
}
