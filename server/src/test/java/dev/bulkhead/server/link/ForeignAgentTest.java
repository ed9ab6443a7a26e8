package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.fleet.HostKey;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ForeignAgentTest {
  private static final String PATH = "/api/v1/foreign-agents";
  private static LinkFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new LinkFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void create_issuesCertificateOfThirtyDays_andRecordsIt() throws Exception {
    final TestHost agent = new TestHost();

    final Browser.Answer answer = create("collector-a", agent.tls);

    assertThat(answer.status()).isEqualTo(200);
    final JsonNode made = answer.json();
    final X509Certificate leaf = certificate(made.path("certificate").asString());
    assertThat(leaf.getPublicKey()).isEqualTo(agent.tls.getPublic());
    leaf.verify(certificate(made.path("authority").asString()).getPublicKey());
    assertThat(Duration.between(Instant.now(), leaf.getNotAfter().toInstant()))
        .isBetween(Duration.ofDays(30).minusMinutes(1), Duration.ofDays(30));
    assertThat(made.path("notAfter").asString())
        .isEqualTo(leaf.getNotAfter().toInstant().toString());
    assertThat(made.path("addresses").get(0).asString()).isEqualTo("127.0.0.1:" + fixture.port());
    assertThat(fixture.countRecords(AuditType.FOREIGN_AGENT_CREATED, made.path("id").asString()))
        .isEqualTo(1);
    final JsonNode shown =
        fixture.owner.browser().get("/api/v1/hosts/" + made.path("id").asString()).json();
    assertThat(shown.path("kind").asString()).isEqualTo("foreign");
    assertThat(shown.path("state").asString()).isEqualTo("pending");
  }

  @Test
  void create_withPemRequest_isTheSame() {
    final String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(TestHost.csr(TestHost.newKeyPair()))
            + "\n-----END CERTIFICATE REQUEST-----\n";

    assertThat(create("collector-pem", pem).status()).isEqualTo(200);
  }

  @Test
  void create_withKnownKey_isRefused() {
    final KeyPair key = TestHost.newKeyPair();
    assertThat(create("collector-b", key).status()).isEqualTo(200);

    final Browser.Answer again = create("collector-c", key);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("key_known");
  }

  @Test
  void create_withNameOfForeignAgent_givesItAnotherCertificate() throws Exception {
    final TestHost agent = made("collector-d");
    final OpampClient first = introduce(fixture.port(), agent, UUID.randomUUID());

    agent.tls = TestHost.newKeyPair();
    final JsonNode renewed = create("Collector-D", agent.tls).json();

    assertThat(renewed.path("id").asString()).isEqualTo(agent.key().host().toString());
    assertThat(fixture.countRecords(AuditType.FOREIGN_AGENT_RENEWED, agent.key().host().toString()))
        .isEqualTo(1);
    assertThat(first.ended).isFalse();
    agent.use(agent.key(), certificate(renewed.path("certificate").asString()));
    assertRefused(fixture.port(), agent, UUID.randomUUID());
  }

  @Test
  void create_withNameOfJoinedHost_isRefused() {
    final TestHost host = TestHost.joined(fixture.owner);

    final Browser.Answer answer = create(fixture.row(host).name(), TestHost.newKeyPair());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("name_taken");
  }

  @Test
  void create_withBadRequest_namesTheField() throws Exception {
    final KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    final KeyPair pair = rsa.generateKeyPair();
    final byte[] otherKind =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
            .getEncoded();
    final byte[] forged = TestHost.csr(TestHost.newKeyPair());
    forged[forged.length - 1] ^= 1;

    for (String csr : new String[] {"nonsense", "AAAA", base64(otherKind), base64(forged)}) {
      final Browser.Answer answer = create("collector-bad", csr);
      assertThat(answer.status()).as(csr).isEqualTo(400);
      assertThat(answer.text()).as(csr).contains("\"field\":\"csr\"");
    }
    assertThat(create(" ", TestHost.newKeyPair()).status()).isEqualTo(400);
    assertThat(create("a\u0007b", TestHost.newKeyPair()).status()).isEqualTo(400);
  }

  @Test
  void create_withoutSession_answersNobody() {
    final Map<String, String> body =
        Map.of("name", "collector-e", "csr", base64(TestHost.csr(TestHost.newKeyPair())));

    assertThat(new Browser(fixture.server.port()).post(PATH, body).status()).isEqualTo(401);
  }

  @Test
  void create_withLocalToken_needsNoCsrfToken_andIsTheLocalOperators() throws Exception {
    final String token = Files.readString(fixture.server.directory().resolve("local-token"));

    final HttpResponse<String> answer = post("Bearer " + token.strip(), "collector-f", "");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(fixture.countRecords(AuditType.FOREIGN_AGENT_CREATED, "local operator"))
        .isEqualTo(1);
  }

  @Test
  void create_withWrongToken_isNobody_whateverTheCookies() throws Exception {
    final StringBuilder cookies = new StringBuilder();
    fixture.owner.browser().cookies().forEach((k, v) -> cookies.append(k + "=" + v + "; "));

    for (String header : new String[] {"Bearer bhl_wrong", "Basic dTpw", ""}) {
      assertThat(post(header, "collector-g", cookies.toString()).statusCode())
          .as(header)
          .isEqualTo(header.isEmpty() ? 403 : 401);
    }
  }

  @Test
  void agent_thatConnects_isListedWithItsDescription() throws Exception {
    final TestHost agent = made("collector-h");

    introduce(fixture.port(), agent, UUID.randomUUID());

    await().until(() -> fixture.show(agent).path("state").asString().equals("up"));
    final JsonNode shown = fixture.show(agent);
    assertThat(shown.path("kind").asString()).isEqualTo("foreign");
    assertThat(shown.path("name").asString()).isEqualTo("collector-h");
    assertThat(shown.path("hostname").asString()).isEqualTo("said-host");
    assertThat(shown.path("os").asString()).isEqualTo("Debian 13 (6.12)");
    assertThat(shown.path("agentVersion").asString()).isEqualTo("9.9.9");
    assertThat(shown.path("remoteAddress").asString()).isEqualTo("127.0.0.1");
  }

  @Test
  void agent_thatSaysNothing_isSeenWhenItAnswersPing() throws Exception {
    final TestHost agent = made("collector-i");
    final OpampClient client = introduce(fixture.port(), agent, UUID.randomUUID());
    final Instant before = lastSeen(agent);

    fixture.server.bean(OpampLinks.class).knockAtForeign();

    await().until(() -> lastSeen(agent).isAfter(before));
    fixture.server.bean(OpampLinks.class).sampleEvery(agent.key(), Duration.ofSeconds(1));
    client.heartbeat();
    assertThat(client.received).as("never asked how often to measure").hasSize(1);
  }

  @Test
  void firstInstanceUid_isBound_beyondRestart() throws Exception {
    // A server of its own: after the restart it listens elsewhere.
    try (LinkFixture own = new LinkFixture()) {
      final TestHost agent = made(own, "collector-j");
      final UUID uid = UUID.randomUUID();
      introduce(own.port(), agent, uid).disconnect();

      assertRefused(own.port(), agent, UUID.randomUUID());
      own.server.restart();
      assertRefused(own.port(), agent, UUID.randomUUID());
      assertRefused(own.port(), agent, agent.key().host());

      introduce(own.port(), agent, uid);
      assertThat(own.countRecords(AuditType.HOST_IDENTITY_REFUSED, agent.key().host().toString()))
          .as("once a minute, and anew after a restart")
          .isEqualTo(2);
    }
  }

  @Test
  void foreignAgent_cannotRenewByItself() {
    final TestHost agent = made("collector-k");

    final LinkClient.Answer answer =
        LinkClient.anonymous(fixture.port()).post("/v1/renew", agent.renew(Instant.now()));

    assertThat(answer.status()).isEqualTo(404);
  }

  private static void assertRefused(int port, TestHost agent, UUID uid) throws Exception {
    final OpampClient client = OpampClient.open(LinkClient.of(port, agent), uid);
    client.introduce();
    await().until(() -> client.ended);
    assertThat(client.closeCode).isEqualTo(1008);
    assertThat(client.received).isEmpty();
  }

  private static OpampClient introduce(int port, TestHost agent, UUID uid) throws Exception {
    final OpampClient client = OpampClient.open(LinkClient.of(port, agent), uid);
    client.introduce();
    await().until(() -> !client.received.isEmpty());
    return client;
  }

  private static TestHost made(String name) {
    return made(fixture, name);
  }

  private static TestHost made(LinkFixture server, String name) {
    final TestHost agent = new TestHost();
    final JsonNode made = create(server, name, base64(TestHost.csr(agent.tls))).json();
    agent.use(
        new HostKey(server.owner.tenant(), UUID.fromString(made.path("id").asString())),
        certificate(made.path("certificate").asString()));
    return agent;
  }

  private static Instant lastSeen(TestHost agent) {
    return Instant.parse(fixture.show(agent).path("lastSeenAt").asString());
  }

  private static Browser.Answer create(String name, KeyPair key) {
    return create(name, base64(TestHost.csr(key)));
  }

  private static Browser.Answer create(String name, String csr) {
    return create(fixture, name, csr);
  }

  private static Browser.Answer create(LinkFixture server, String name, String csr) {
    return server.owner.browser().post(PATH, Map.of("name", name, "csr", csr));
  }

  // As a program calls it: no CSRF token.
  private static HttpResponse<String> post(String authorization, String name, String cookies)
      throws Exception {
    final HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.server.port() + PATH))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"%s\",\"csr\":\"%s\"}"
                        .formatted(name, base64(TestHost.csr(TestHost.newKeyPair())))));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
