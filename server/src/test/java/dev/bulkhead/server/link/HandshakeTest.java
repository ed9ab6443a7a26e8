package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.enrolment.CertificateAuthority;
import dev.bulkhead.server.telemetry.HandClock;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
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
  void goodCertificate_isLetIn() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);

    assertThat(reply(LinkClient.of(fixture.port(), host))).startsWith("HTTP/1.1 400");
  }

  @Test
  void unknownCertificate_failsHandshake() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final X509Certificate neverRecorded = fixture.issue(host, Duration.ofHours(1));

    assertRefused(LinkClient.of(fixture.port(), neverRecorded, host.tls));
  }

  @Test
  void expiredCertificate_failsHandshake() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    fixture.giveCertificate(host, Duration.ofSeconds(-10));

    assertRefused(LinkClient.of(fixture.port(), host));
  }

  @Test
  void foreignCertificate_failsHandshake_evenUnderTheAuthoritysName() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final KeyPair impostor = TestHost.newKeyPair();
    final X509Certificate foreign =
        imitate(host.certificate(), impostor, host.tls, host.key().host());

    assertRefused(LinkClient.of(fixture.port(), foreign, host.tls));
  }

  @Test
  void serversOwnCertificate_isNoClients() throws Exception {
    final var link =
        fixture.server.bean(CertificateAuthority.class).issueLink(List.of("localhost"));

    assertRefused(
        LinkClient.of(
            fixture.port(),
            link.chain().getFirst(),
            new KeyPair(link.chain().getFirst().getPublicKey(), link.key())));
  }

  @Test
  void removedHost_failsHandshake_withTheSameClientAndItsSessions() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final LinkClient client = LinkClient.of(fixture.port(), host);
    assertThat(reply(client)).startsWith("HTTP/1.1 400");
    final long before = created(client);
    assertThat(created(client)).as("a session is never resumed").isGreaterThan(before);

    fixture.revoke(host);

    assertRefused(client);
    assertRefused(client);
  }

  @Test
  void removedHost_isRefused_onPooledConnection() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final LinkClient client = LinkClient.of(fixture.port(), host);
    assertThat(client.get("/v1/opamp").status()).isEqualTo(400);

    fixture.revoke(host);

    assertThat(client.get("/v1/opamp").status()).isEqualTo(401);
    assertThatThrownBy(() -> OpampClient.open(client, host.key().host()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void removal_closesOpenLinkAndIdleConnection_withinFiveSeconds() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final LinkClient idle = LinkClient.of(fixture.port(), host);
    assertThat(idle.get("/v1/opamp").status()).isEqualTo(400);
    final OpampClient link = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !link.received.isEmpty());
    final LinkConnections connections = fixture.server.bean(LinkConnections.class);
    assertThat(connections.count(host.key())).isEqualTo(2);

    fixture.remove(host);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> link.ended && connections.count(host.key()) == 0);
    assertThatThrownBy(() -> OpampClient.introduce(fixture.port(), host))
        .isInstanceOf(IOException.class);
  }

  @Test
  void removalElsewhere_isNoticedOnOpenLinks() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final TestHost other = TestHost.joined(fixture.owner);
    final OpampClient link = OpampClient.introduce(fixture.port(), host);
    final OpampClient kept = OpampClient.introduce(fixture.port(), other);
    await().until(() -> !link.received.isEmpty() && !kept.received.isEmpty());
    fixture.revoke(host);

    fixture.server.bean(LinkConnections.class).judgeOlderThan(Duration.ZERO);

    await().until(() -> link.ended);
    assertThat(kept.ended).isFalse();
  }

  @Test
  void linksOwnCertificate_isRenewedAtTwoThirds_whileOldHandshakesFinish() {
    final CertificateAuthority authority = fixture.server.bean(CertificateAuthority.class);
    final HandClock clock = new HandClock(Instant.now());
    final LinkIdentity identity = new LinkIdentity(authority, clock);
    identity.answerTo(List.of("127.0.0.1"));
    final String first = identity.getServerAliases("EC", null)[0];

    clock.advance(Duration.ofHours(15));
    identity.renewWhenDue();
    assertThat(identity.getServerAliases("EC", null)).containsExactly(first);
    clock.advance(Duration.ofHours(1));
    identity.renewWhenDue();

    assertThat(identity.getServerAliases("EC", null)).doesNotContain(first);
    assertThat(identity.getCertificateChain(first)).hasSize(2);
    assertThat(identity.getPrivateKey(first)).isNotNull();
  }

  @Test
  void link_doesNotOutliveItsCertificate() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    fixture.giveCertificate(host, Duration.ofSeconds(4));
    final OpampClient link = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !link.received.isEmpty());

    await().atMost(Duration.ofSeconds(8)).until(() -> link.ended);

    assertThat(Instant.now()).isAfter(host.certificate().getNotAfter().toInstant());
  }

  @Test
  void withoutCertificate_onlyJoiningIsAnswered() {
    final LinkClient client = LinkClient.anonymous(fixture.port());

    assertThat(client.get("/v1/opamp").code()).isEqualTo("unauthenticated");
    assertThat(client.get("/v1/opamp").status()).isEqualTo(401);
    for (String path :
        List.of(
            "/",
            "/healthz",
            "/readyz",
            "/api/v1/setup",
            "/v1/enrol/",
            "/v1/enrol;a",
            "/V1/enrol")) {
      assertThat(client.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(new dev.bulkhead.server.Browser(fixture.server.port()).get("/v1/opamp").status())
        .isEqualTo(404);
  }

  @Test
  void plainHttpAndGarbage_areClosed_andTheLinkGoesOn() throws Exception {
    for (String bytes :
        List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0000\u0001\u0002garbage\r\n\r\n")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        final String answer = drain(socket.getInputStream());
        assertThat(answer).doesNotContain("HTTP", "Jetty");
      }
    }

    assertThat(LinkClient.anonymous(fixture.port()).get("/v1/opamp").status()).isEqualTo(401);
  }

  @Test
  void malformedRequests_getProblemsWithoutProductName() throws Exception {
    for (String request :
        List.of(
            "GARBAGE\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nBig: " + "a".repeat(20_000) + "\r\n\r\n")) {
      try (SSLSocket socket = LinkClient.anonymous(fixture.port()).connect()) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        final String answer = drain(socket.getInputStream());
        assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
        assertThat(answer).doesNotContain("Jetty", "jetty", "Server:");
      }
    }
  }

  @Test
  void silentClient_isCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
      socket.setSoTimeout(20_000);
      // The first byte of a TLS record, and nothing after it.
      socket.getOutputStream().write(0x16);

      final Instant before = Instant.now();
      drain(socket.getInputStream());

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }
  }

  /// When the TLS session of a new connection was made; a resumed one keeps its old time.
  private static long created(LinkClient client) throws IOException {
    try (SSLSocket socket = client.connect()) {
      return socket.getSession().getCreationTime();
    }
  }

  private static void assertRefused(LinkClient client) {
    assertThatThrownBy(() -> reply(client)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OpampClient.open(client, new UUID(0, 0)))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(IOException.class)
        .rootCause()
        .isNotInstanceOf(java.net.http.WebSocketHandshakeException.class);
  }

  /// The head of the answer to one request; in TLS 1.3 a refused client learns of it here.
  private static String reply(LinkClient client) throws IOException {
    try (SSLSocket socket = client.connect()) {
      socket
          .getOutputStream()
          .write("GET /v1/opamp HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      final byte[] head = socket.getInputStream().readNBytes(12);
      if (head.length == 0) {
        throw new IOException("closed");
      }
      return new String(head, StandardCharsets.US_ASCII);
    }
  }

  private static String drain(InputStream in) {
    final StringBuilder all = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        all.append((char) next);
      }
    } catch (java.net.SocketTimeoutException stillOpen) {
      throw new AssertionError("the connection stays open", stillOpen);
    } catch (IOException reset) {
      // A reset ends it as well as an end of file.
    }
    return all.toString();
  }

  private static X509Certificate imitate(
      X509Certificate original, KeyPair impostor, KeyPair tls, UUID host) throws Exception {
    final JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(original.getIssuerX500Principal().getEncoded()),
            original.getSerialNumber().add(BigInteger.ONE),
            Date.from(Instant.now().minusSeconds(60)),
            Date.from(Instant.now().plusSeconds(3600)),
            new X500Name("CN=" + host),
            tls.getPublic());
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName(
                GeneralName.uniformResourceIdentifier,
                "urn:bulkhead:tenant:" + fixture.owner.tenant() + ":host:" + host)));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(impostor.getPrivate())));
  }
}
