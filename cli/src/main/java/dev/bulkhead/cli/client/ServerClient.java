package dev.bulkhead.cli.client;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.RunningUp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A server, asked with a token: the one of a state directory on this machine with the local token,
/// or one elsewhere with an API token.
///
/// Requests block, can be interrupted and end after 30 s. Thread-safe.
public final class ServerClient implements AutoCloseable {

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int UNAUTHENTICATED = 401;
  private static final int UNAVAILABLE = 503;
  private static final int FIRST_FAILURE = 300;

  private final Door door;
  private final HttpClient http;
  private volatile String token;

  private ServerClient(Door door, HttpClient.Builder http) {
    this.door = door;
    this.token = door.token();
    this.http =
        http.version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(MOST)
            .build();
  }

  /// The server of the `bulkhead up` that runs on a state directory.
  ///
  /// @throws CommandFailure when none runs there, or this user may not reach it
  public static ServerClient ofState(Path state) {
    RunningUp up =
        RunningUp.find(state)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "No bulkhead up runs for " + state + ".\nStart it: ./bulkhead up"));
    // A proxy of the environment's has no business between this machine and itself.
    return new ServerClient(
        new LocalDoor(up, LocalToken.of(state)),
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY));
  }

  /// A server elsewhere.
  ///
  /// @param authority PEM certificates to believe in place of the JDK's; null for those
  /// @throws CommandFailure when a token must not be sent there, or the files are not right
  static ServerClient remote(String address, Path tokenFile, @Nullable Path authority) {
    HttpClient.Builder http = HttpClient.newBuilder();
    if (authority != null) {
      http.sslContext(Authority.of(authority));
    }
    return new ServerClient(RemoteDoor.of(address, new TokenFile(tokenFile)), http);
  }

  /// The URL that a browser opens.
  public String url() {
    return door.url();
  }

  /// Reads a resource.
  ///
  /// @throws ServerRefusal when the server answers with a failure
  /// @throws ServerUnreachable when it does not answer
  /// @throws SetupRequired before the setup
  public JsonNode get(Query query) throws InterruptedException {
    return json(request(query, "application/json"));
  }

  /// Sends a JSON body.
  ///
  /// @throws ServerRefusal when the server answers with a failure, or does not let the local
  ///     operator do this
  /// @throws ServerUnreachable when it does not answer; it may have done it nevertheless
  /// @throws SetupRequired before the setup
  public JsonNode post(Query query, JsonNode body) throws InterruptedException {
    return json(
        request(query, "application/json")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body))));
  }

  /// Replaces a resource.
  ///
  /// @param version what was seen of it, for `If-Match`; null when it does not matter
  /// @throws ServerRefusal when the server answers with a failure
  public JsonNode put(Query query, JsonNode body, @Nullable Long version)
      throws InterruptedException {
    HttpRequest.Builder request =
        request(query, "application/json")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(Json.line(body)));
    if (version != null) {
      request.header("If-Match", "\"" + version + "\"");
    }
    return json(request);
  }

  /// Removes a resource.
  ///
  /// @param body what the server wants to hear; null for nothing
  /// @throws ServerRefusal when the server answers with a failure
  public JsonNode delete(Query query, @Nullable JsonNode body) throws InterruptedException {
    HttpRequest.Builder request = request(query, "application/json");
    return json(
        body == null
            ? request.DELETE()
            : request
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(Json.line(body))));
  }

  /// Opens a resource that may be long.
  ///
  /// @throws ServerRefusal when the server answers with a failure
  public InputStream open(Query query, String accept) throws InterruptedException {
    HttpResponse<InputStream> answer =
        authorized(request(query, accept), BodyHandlers.ofInputStream());
    if (answer.statusCode() >= FIRST_FAILURE) {
      try (InputStream body = answer.body()) {
        throw refusal(answer.statusCode(), body.readAllBytes());
      } catch (IOException e) {
        throw door.unreachable(e);
      }
    }
    return answer.body();
  }

  private JsonNode json(HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<byte[]> answer = authorized(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body().length == 0 ? Json.object() : Json.parse(answer.body());
  }

  /// Opens a stream of server-sent events.
  ///
  /// @throws ServerRefusal when the server answers with a failure
  /// @throws ServerUnreachable when it does not answer
  public EventStream events(Query query) throws InterruptedException {
    return new EventStream(open(query, "text/event-stream"));
  }

  /// What is open to everybody: the installation, and whether its setup is done.
  public JsonNode setup() throws InterruptedException {
    HttpResponse<byte[]> answer =
        send(request(Query.of("/api/v1/setup"), "application/json"), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return Json.parse(answer.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private <T> HttpResponse<T> authorized(HttpRequest.Builder request, BodyHandler<T> handler)
      throws InterruptedException {
    HttpResponse<T> answer = sendWithToken(request, handler);
    if (answer.statusCode() == UNAUTHENTICATED) {
      // The server may have started again meanwhile, with another token.
      token = door.token();
      answer = sendWithToken(request, handler);
    }
    if ((answer.statusCode() == UNAUTHENTICATED || answer.statusCode() == UNAVAILABLE)
        && Json.text(setup(), "state").equals("required")) {
      throw new SetupRequired(url());
    }
    if (answer.statusCode() == UNAUTHENTICATED) {
      throw new ServerRefusal(UNAUTHENTICATED, "unauthenticated", door.refusedToken());
    }
    return answer;
  }

  private <T> HttpResponse<T> sendWithToken(HttpRequest.Builder request, BodyHandler<T> handler)
      throws InterruptedException {
    return send(request.setHeader("Authorization", "Bearer " + token), handler);
  }

  private HttpRequest.Builder request(Query query, String accept) {
    return HttpRequest.newBuilder(URI.create(door.address() + query.target()))
        .header("Accept", accept)
        .timeout(MOST);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request.build(), handler);
    try {
      return answer.get(MOST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw door.unreachable(e);
    } finally {
      answer.cancel(true);
    }
  }

  private static ServerRefusal refusal(int status, byte[] body) {
    return Problem.read(status, body);
  }
}
