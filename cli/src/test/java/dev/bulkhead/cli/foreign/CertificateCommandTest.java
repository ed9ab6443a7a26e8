package dev.bulkhead.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkhead.cli.Main;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.protocol.enrol.DeviceKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class CertificateCommandTest {
  private static final String TOKEN = "bhl_" + "t".repeat(43);
  private static final String HOST = "6f1f7a9e-27a5-4a9f-9d1c-3a5f0e6b2c11";
  private static final String ANSWER =
      """
      {"id":"%s","name":"edge","certificate":"the certificate\\n","authority":"the authority\\n",
       "addresses":["192.0.2.7:7443","127.0.0.1:7443"],"notAfter":"2026-02-01T00:00:00Z"}
      """
          .formatted(HOST);
  // How a P-256 SubjectPublicKeyInfo begins.
  private static final String SPKI = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = ANSWER;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FileChannel channel;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FileLock lock;

  /// A state directory as a running `up` leaves it, and its server.
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/foreign-agents", this::serve);
    server.start();
    Path state = Files.createDirectories(directory.resolve("state/server"));
    Files.writeString(state.resolve("local-token"), TOKEN + "\n");
    channel =
        FileChannel.open(
            directory.resolve("state/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = channel.lock();
    Files.writeString(
        directory.resolve("state/lock"),
        "{\"pid\":1,\"port\":%d,\"linkPort\":7443,\"startedAt\":\"2026-01-02T03:04:05Z\"}\n"
            .formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    lock.release();
    channel.close();
    server.stop(0);
  }

  @Test
  void writes_key_certificate_and_authority_and_prints_the_snippet() throws Exception {
    int exit = run("edge");

    assertThat(exit).as(err.toString()).isZero();
    Path files = directory.resolve("new/out");
    assertThat(files.resolve("edge.crt")).hasContent("the certificate\n");
    assertThat(files.resolve("ca.crt")).hasContent("the authority\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("edge.key"))))
        .isEqualTo("rw-------");
    assertThat(list(files)).containsExactly("ca.crt", "edge.crt", "edge.key");
    assertThat(out.toString())
        .contains(
            "instance_uid: " + HOST,
            "endpoint: wss://192.0.2.7:7443/v1/opamp",
            "# or wss://127.0.0.1:7443/v1/opamp",
            "ca_file: " + files.resolve("ca.crt"),
            "cert_file: " + files.resolve("edge.crt"),
            "key_file: " + files.resolve("edge.key"),
            "extensions: [opamp]");
  }

  @Test
  void asks_for_the_key_that_it_keeps() throws Exception {
    run("edge");

    assertThat(asked).hasSize(1);
    assertThat(Json.text(asked.getFirst(), "name")).isEqualTo("edge");
    byte[] csr = Base64.getDecoder().decode(Json.text(asked.getFirst(), "csr"));
    int at = HexFormat.of().formatHex(csr).indexOf(SPKI) / 2;
    byte[] spki = Arrays.copyOfRange(csr, at, at + DeviceKey.ENCODED_LENGTH);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key(directory.resolve("new/out/edge.key")));
    signature.update(csr);
    byte[] signed = signature.sign();
    signature.initVerify(DeviceKey.decode(spki));
    signature.update(csr);
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void replaces_the_files_of_before() throws Exception {
    run("edge");
    String first = Files.readString(directory.resolve("new/out/edge.key"));

    assertThat(run("edge")).isZero();

    assertThat(Files.readString(directory.resolve("new/out/edge.key"))).isNotEqualTo(first);
    assertThat(list(directory.resolve("new/out"))).hasSize(3);
  }

  @Test
  void leaves_nothing_behind_when_the_server_refuses() throws Exception {
    status = 409;
    answer =
        "{\"title\":\"This name is taken\",\"code\":\"name_taken\",\"detail\":\"A host has it.\"}";

    int exit = run("edge");

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("name_taken", "A host has it.");
    assertThat(list(directory.resolve("new/out"))).isEmpty();
  }

  @Test
  void refuses_names_that_are_paths() {
    assertThat(run("../edge")).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void says_so_when_nothing_runs() throws IOException {
    lock.release();

    assertThat(run("edge")).isEqualTo(1);
    assertThat(err.toString()).contains("./bulkhead up");
  }

  private int run(String name) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            "agent",
            "certificate",
            name,
            "--state",
            directory.resolve("state").toString(),
            "--out",
            directory.resolve("new/out").toString());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      asked.add(Json.parse(exchange.getRequestBody().readAllBytes()));
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known ? status : 401, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static List<String> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static PrivateKey key(Path file) throws Exception {
    String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }
}
