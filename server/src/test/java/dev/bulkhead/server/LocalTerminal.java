package dev.bulkhead.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The local operator: whoever reads the token in the server's directory.
public final class LocalTerminal {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestServer server;

  public LocalTerminal(TestServer server) {
    this.server = server;
  }

  public Browser.Answer send(String method, String path, @Nullable Object body) {
    final HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    try (HttpClient client = HttpClient.newHttpClient()) {
      final String token = Files.readString(server.directory().resolve("local-token")).strip();
      final HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .method(method, content)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Browser.Answer(answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The names of the hosts that it sees.
  public List<String> hosts() {
    return send("GET", "/api/v1/hosts", null)
        .json()
        .path("items")
        .valueStream()
        .map(host -> host.path("name").asString())
        .toList();
  }
}
