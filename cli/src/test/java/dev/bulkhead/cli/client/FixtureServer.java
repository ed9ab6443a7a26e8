package dev.bulkhead.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A state directory whose `up` lives in this process, and a server on a real socket that answers
/// what the real one was seen to answer.
public final class FixtureServer implements AutoCloseable {

  /// The installation id in [#SETUP_DONE].
  public static final String INSTALLATION = "55c15b16";

  private static final String SETUP_DONE =
      """
      {"state":"done","csrfToken":"r9Cd83MG","installation":{"id":"55c15b16","name":"Bulkhead","version":"0.1.0"}}""";
  private static final String UNAUTHENTICATED =
      """
      {"type":"urn:bulkhead:problem:unauthenticated","title":"Sign in first","status":401,"code":"unauthenticated"}""";

  /// What a path answers, given its query.
  public interface Answer extends Function<Map<String, String>, Reply> {}

  /// A request that was made.
  ///
  /// @param target path and query
  /// @param body as it came; empty for none
  /// @param ifMatch the version that was seen; empty for none
  public record Call(String method, String target, String body, String ifMatch) {}

  /// A status and a body.
  public record Reply(int status, String body) {
    /// 200.
    public static Reply ok(String body) {
      return new Reply(200, body);
    }
  }

  private final Path state;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FileChannel lock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile String token = "";

  private FixtureServer(Path state) throws IOException {
    this.state = state;
    Files.createDirectories(state.resolve("server"));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
    lock =
        FileChannel.open(
            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.write(
        ByteBuffer.wrap(
            "{\"pid\":4711,\"port\":%d,\"linkPort\":7443,\"startedAt\":\"2026-01-02T03:04:05Z\"}\n"
                .formatted(port())
                .getBytes(StandardCharsets.UTF_8)));
    lock.lock();
    restart("bhl_first0000000000000000000");
    answer("/api/v1/setup", SETUP_DONE);
  }

  /// Starts one in a directory.
  public static FixtureServer start(Path state) throws IOException {
    return new FixtureServer(state);
  }

  /// The port of its pages.
  public int port() {
    return http.getAddress().getPort();
  }

  /// Its state directory.
  public Path state() {
    return state;
  }

  /// Where it leaves its token.
  public Path tokenFile() {
    return state.resolve("server").resolve("local-token");
  }

  /// What was asked for, as `path?query`, in order.
  public List<String> requests() {
    return requests;
  }

  /// The requests with all that they said, in order.
  public List<Call> calls() {
    return calls;
  }

  /// The requests that change something, in order.
  public List<Call> changes() {
    return calls.stream().filter(call -> !call.method().equals("GET")).toList();
  }

  /// The server has started again: another token opens it.
  public void restart(String newToken) throws IOException {
    token = newToken;
    Files.writeString(tokenFile(), newToken + "\n");
  }

  /// The server takes another token than the one in its file.
  public void takeOnly(String other) {
    token = other;
  }

  /// The server is gone, and its supervisor is not.
  public void stopAnswering() {
    http.stop(0);
  }

  /// A method on a path answers always the same.
  public void answer(String method, String path, int status, String json) {
    answers.put(method + " " + path, _ -> new Reply(status, json));
  }

  /// A path answers always the same, with 200.
  public void answer(String path, String json) {
    answers.put(path, _ -> Reply.ok(json));
  }

  /// A path answers according to its query.
  public void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  @Override
  public void close() throws IOException {
    http.stop(0);
    lock.close();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestURI().toString());
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("If-Match"), "")));
      Answer answer =
          answers.getOrDefault(
              exchange.getRequestMethod() + " " + path,
              answers.getOrDefault(path, FixtureServer::nothing));
      boolean open = path.equals("/api/v1/setup");
      Reply reply =
          open || ("Bearer " + token).equals(authorization)
              ? answer.apply(query(exchange.getRequestURI().getRawQuery()))
              : new Reply(401, UNAUTHENTICATED);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static Reply nothing(Map<String, String> query) {
    return new Reply(
        404, "{\"title\":\"There is nothing here\",\"status\":404,\"code\":\"not_found\"}");
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
