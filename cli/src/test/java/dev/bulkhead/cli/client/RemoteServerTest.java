package dev.bulkhead.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server elsewhere, asked with an API token in a file.
final class RemoteServerTest {

  private static final String TOKEN = "bhk_" + "0a".repeat(16) + "_" + "s".repeat(43);
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;
  private FixtureServer fixture;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(directory.resolve("state"));
    fixture.takeOnly(TOKEN);
    fixture.answer("/api/v1/tokens", "{\"items\":[],\"nextCursor\":null}");
    file = write(TOKEN + "\n", "rw-------");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void asks_a_server_by_address_with_the_token_of_a_file() {
    Verb verb = list("http://127.0.0.1:" + fixture.port());

    assertThat(verb.exit()).as(verb.err()).isZero();
    assertThat(verb.out()).contains("No tokens.");
  }

  @Test
  void refuses_plain_http_to_anything_but_this_machine() {
    for (String url : new String[] {"http://192.0.2.1:7070", "http://bulkhead.example"}) {
      Verb verb = list(url);

      assertThat(verb.exit()).isEqualTo(1);
      assertThat(verb.err()).contains("not sent over plain http", "https://");
    }
    assertThat(fixture.calls()).isEmpty();
  }

  @Test
  void refuses_what_is_no_address_of_a_server() {
    for (String url :
        new String[] {
          "bulkhead.example",
          "ftp://x",
          "https://user:secret@x",
          "https://x/path",
          "https://x?q",
          ":"
        }) {
      assertThat(list(url).err()).as(url).contains("no address of a server");
    }
  }

  @Test
  void refuses_a_token_file_that_others_may_read() throws IOException {
    file = write(TOKEN, "rw-r-----");

    Verb verb = list("http://127.0.0.1:" + fixture.port());

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("open to others", "chmod 600").doesNotContain(TOKEN);
    assertThat(fixture.calls()).isEmpty();
  }

  @Test
  void refuses_a_file_without_a_token() throws IOException {
    file = write("something else", "rw-------");

    assertThat(list("http://127.0.0.1:" + fixture.port()).err()).contains("holds no API token");
  }

  @Test
  void says_what_may_be_wrong_with_a_token_that_is_refused() throws IOException {
    file = write(TOKEN.replace('s', 'x'), "rw-------");

    Verb verb = list("http://127.0.0.1:" + fixture.port());

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("does not take the token", "disabled, expired, removed");
  }

  @Test
  void does_not_mix_a_server_here_with_one_elsewhere() {
    Verb verb =
        Verb.run("tokens", "list", "--state", directory.toString(), "--server", "https://x");

    assertThat(verb.err()).contains("Give one of the two");
  }

  @Test
  void needs_a_token_file_for_a_server_elsewhere() {
    assertThat(Verb.run("tokens", "list", "--server", "https://x").err()).contains("--token-file");
    assertThat(Verb.run("tokens", "list", "--token-file", file.toString()).err())
        .contains("--server URL");
  }

  @Test
  void believes_an_authority_that_is_named_and_no_other() throws Exception {
    Path keys = directory.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD);
    Path certificate = directory.resolve("ca.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    HttpsServer server = https(keys);
    try {
      String url = "https://localhost:" + server.getAddress().getPort();

      assertThat(list(url).err()).contains("does not prove who it is", "--ca FILE");
      Verb trusting = list(url, "--ca", certificate.toString());
      assertThat(trusting.exit()).as(trusting.err()).isZero();
    } finally {
      server.stop(0);
    }
  }

  private Verb list(String url, String... more) {
    String[] arguments = new String[more.length + 6];
    String[] first = {"tokens", "list", "--server", url, "--token-file", file.toString()};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return Verb.run(arguments);
  }

  private Path write(String content, String permissions) throws IOException {
    Path written = Files.writeString(directory.resolve("token"), content);
    return Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(permissions));
  }

  private static void keytool(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static HttpsServer https(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/api/v1/tokens",
        exchange -> {
          byte[] body = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
