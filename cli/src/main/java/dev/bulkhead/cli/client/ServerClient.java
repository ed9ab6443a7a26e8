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
import tools.jackson.databind.JsonNode;

/// The server of a state directory on this machine, asked with the local token.
///
/// Requests block, can be interrupted and end after 30 s. Thread-safe.
public final class ServerClient implements AutoCloseable {

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final int UNAUTHENTICATED = 401;
  private static final int UNAVAILABLE = 503;
  private static final int FIRST_FAILURE = 300;

  private final RunningUp up;
  private final LocalToken file;
  private final HttpClient http;
  private volatile String token;

  private ServerClient(RunningUp up, LocalToken file) {
    this.up = up;
    this.file = file;
    this.token = file.read();
    // A proxy of the environment's has no business between this machine and itself.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
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
    return new ServerClient(up, LocalToken.of(state));
  }

  /// The URL that a browser on this machine opens.
  public String url() {
    return "http://localhost:" + up.port();
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

  private JsonNode json(HttpRequest.Builder request) throws InterruptedException {
    HttpResponse<byte[]> answer = authorized(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= FIRST_FAILURE) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return Json.parse(answer.body());
  }

  /// Opens a stream of server-sent events.
  ///
  /// @throws ServerRefusal when the server answers with a failure
  /// @throws ServerUnreachable when it does not answer
  public EventStream events(Query query) throws InterruptedException {
    HttpResponse<InputStream> answer =
        authorized(request(query, "text/event-stream"), BodyHandlers.ofInputStream());
    if (answer.statusCode() >= FIRST_FAILURE) {
      try (InputStream body = answer.body()) {
        throw refusal(answer.statusCode(), body.readAllBytes());
      } catch (IOException e) {
        throw unreachable(e);
      }
    }
    return new EventStream(answer.body());
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
      token = file.read();
      answer = sendWithToken(request, handler);
    }
    if ((answer.statusCode() == UNAUTHENTICATED || answer.statusCode() == UNAVAILABLE)
        && Json.text(setup(), "state").equals("required")) {
      throw new SetupRequired(url());
    }
    if (answer.statusCode() == UNAUTHENTICATED) {
      throw new ServerRefusal(
          UNAUTHENTICATED,
          "unauthenticated",
          "The server at "
              + url()
              + " does not take the token in "
              + file.file()
              + ".\nIs another program listening there? Try again in a moment, or restart `bulkhead up`.");
    }
    return answer;
  }

  private <T> HttpResponse<T> sendWithToken(HttpRequest.Builder request, BodyHandler<T> handler)
      throws InterruptedException {
    return send(request.setHeader("Authorization", "Bearer " + token), handler);
  }

  private HttpRequest.Builder request(Query query, String accept) {
    // The address, because a name could lead elsewhere; the server takes both.
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + up.port() + query.target()))
        .header("Accept", accept)
        .timeout(MOST);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request.build(), handler);
    try {
      return answer.get(MOST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable(e);
    } finally {
      answer.cancel(true);
    }
  }

  private ServerUnreachable unreachable(Exception cause) {
    return new ServerUnreachable(
        "`bulkhead up` runs (process "
            + up.pid()
            + "), but its server does not answer at "
            + url()
            + ".\nTry again in a moment; what `up` prints, and server/log/server.log, say why.",
        cause);
  }

  private static ServerRefusal refusal(int status, byte[] body) {
    return Problem.read(status, body);
  }
}
