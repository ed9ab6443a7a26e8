package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonFormatException;
import dev.bulkhead.agent.link.JoinResult.Failed;
import dev.bulkhead.agent.link.JoinResult.Joined;
import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.DeviceKey;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JoinTest {

  private static final GeneralName LOOPBACK = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
  private static final UUID TENANT = new UUID(1, 2);
  private static final UUID HOST = new UUID(3, 4);

  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority();
  private StateDirectory state;
  private TestServer server;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    state = StateDirectory.open(directory.resolve("state"));
    server = new TestServer(authority.serverContext(Instant.now(), LOOPBACK), 0);
    server.posts =
        (path, body) -> TestServer.grant(authority, body, TENANT.toString(), HOST.toString());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    state.close();
  }

  private JoinCode code(Sha256 pin, LinkAddress... addresses) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    return new JoinCode(
        1, TENANT, pin, Sha256.ZERO, Secret.of(secret), new UUID(5, 6), List.of(addresses));
  }

  private JoinResult join(LinkAddress... addresses) throws IOException, GeneralSecurityException {
    return new Enrolment(state, facts(), Clock.systemUTC())
        .join(code(authority.fingerprint(), addresses));
  }

  private static HostFacts facts() {
    return new HostFacts("web-1", "Debian GNU/Linux 12", "6.1.0", "amd64");
  }

  private LinkAddress loopback() {
    return new LinkAddress("127.0.0.1", server.port());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void join_sendsARequestThatTheServerCanVerify_andSavesWhatItGets()
      throws IOException, GeneralSecurityException {
    AtomicReference<Json.Obj> seen = new AtomicReference<>(new Json.Obj(Map.of()));
    server.posts =
        (path, body) -> {
          seen.set(body);
          return TestServer.grant(authority, body, TENANT.toString(), HOST.toString());
        };

    JoinResult result = join(loopback());

    assertThat(result).isInstanceOf(Joined.class);
    assertThat(server.paths).containsExactly("/v1/enrol");
    assertThat(state.findIdentity().orElseThrow().hostId()).isEqualTo(HOST);
    EnrolRequest request = request(seen.get());
    PublicKey device = DeviceKey.decode(request.deviceKeyBytes());
    EnrolProof proof = EnrolProof.forEnrol(request.csrBytes(), request.joinId(), request.time());
    assertThat(proof.isSignedBy(device, request.deviceProofBytes())).isTrue();
    JoinCode code = code(authority.fingerprint(), loopback());
    assertThat(Sha256.digest(request.enrolKeyBytes())).isEqualTo(code.secretDigest());
    assertThat(request.proveMacBytes())
        .isEqualTo(code.proveMac(request.deviceKeyBytes(), request.csrBytes()));
    assertThat(DeviceKey.fingerprint(device))
        .isEqualTo(DeviceKey.fingerprint(state.deviceKey().getPublic()));
  }

  private static EnrolRequest request(Json.Obj json) throws JsonFormatException {
    return new EnrolRequest(
        1,
        UUID.fromString(json.getString("joinId")),
        UUID.fromString(json.getString("tenant")),
        json.getString("enrolKey"),
        json.getString("deviceKey"),
        json.getString("deviceProof"),
        Instant.parse(json.getString("time")),
        json.getString("proveMac"),
        json.getString("csr"),
        json.getString("hostname"),
        json.getString("os"),
        json.getString("architecture"),
        json.getString("agentVersion"));
  }

  @Test
  void join_triesAddressesInOrder() throws IOException, GeneralSecurityException {
    LinkAddress nobody = new LinkAddress("127.0.0.1", freePort());
    LinkAddress noName = new LinkAddress("no-such-host.invalid", 7443);

    assertThat(join(noName, nobody, loopback())).isInstanceOf(Joined.class);
  }

  @Test
  void join_saysWhy_whenNobodyCanBeReached() throws IOException, GeneralSecurityException {
    LinkAddress nobody = new LinkAddress("127.0.0.1", freePort());
    LinkAddress noName = new LinkAddress("no-such-host.invalid", 7443);

    assertThat(failed(join(noName)).code()).isEqualTo("name_not_resolved");
    Failed both = failed(join(noName, nobody));
    assertThat(both.code()).isEqualTo("not_reachable");
    assertThat(both.detail()).contains("no-such-host.invalid", nobody.toString());
    assertThat(state.findIdentity()).isEmpty();
  }

  @Test
  void join_sendsNothing_toAServerWithAnotherAuthority()
      throws IOException, GeneralSecurityException {
    JoinCode code = code(new TestAuthority().fingerprint(), loopback());

    Failed failed = failed(new Enrolment(state, facts(), Clock.systemUTC()).join(code));

    assertThat(failed.code()).isEqualTo("wrong_authority");
    assertThat(failed.exitCode()).isEqualTo(14);
    assertThat(server.paths).isEmpty();
  }

  @Test
  void join_sendsNothing_toAServerThatOnlyShowsThePinnedAuthority()
      throws IOException, GeneralSecurityException {
    // Its own authority made the leaf; the pinned certificate merely lies in the chain.
    TestAuthority impostor = new TestAuthority();
    var names = new org.bouncycastle.asn1.x509.GeneralNames(LOOPBACK);
    var key = TestAuthority.newKey();
    var leaf =
        impostor.sign("CN=server", key.getPublic(), Instant.now(), Duration.ofDays(1), names);
    var keys = java.security.KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server",
        key.getPrivate(),
        new char[0],
        new java.security.cert.X509Certificate[] {leaf, authority.certificate});
    var managers = javax.net.ssl.KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, new char[0]);
    var context = javax.net.ssl.SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);

    try (TestServer fake = new TestServer(context, 0)) {
      Failed failed = failed(join(new LinkAddress("127.0.0.1", fake.port())));

      assertThat(failed.code()).isEqualTo("wrong_authority");
      assertThat(fake.paths).isEmpty();
    }
  }

  @Test
  void join_sendsNothing_whenTheCertificateNamesAnotherAddress()
      throws IOException, GeneralSecurityException {
    LinkAddress localhost = new LinkAddress("localhost", server.port());

    assertThat(failed(join(localhost)).code()).isEqualTo("name_not_covered");
    assertThat(server.paths).isEmpty();
  }

  @Test
  void join_saysClockOff_whenTheServersCertificateIsNotValidNow()
      throws IOException, GeneralSecurityException {
    for (Duration off : List.of(Duration.ofDays(30), Duration.ofDays(-30))) {
      Instant from = Instant.now().plus(off);
      try (TestServer other = new TestServer(authority.serverContext(from, LOOPBACK), 0)) {
        Failed failed = failed(join(new LinkAddress("127.0.0.1", other.port())));

        assertThat(failed.code()).isEqualTo("clock_off");
        assertThat(failed.detail()).contains("this host's clock says");
      }
    }
  }

  @Test
  void join_passesOnWhatTheServerSays() throws IOException, GeneralSecurityException {
    for (List<String> row :
        List.of(
            List.of("join_expired", "410", "11"),
            List.of("join_used", "409", "12"),
            List.of("join_unknown", "404", "13"),
            List.of("clock_skew", "400", "15"),
            List.of("rate_limited", "429", "20"),
            List.of("bad_request", "400", "21"))) {
      String body = "{\"code\":\"" + row.get(0) + "\",\"detail\":\"why\\nnot\"}";
      server.posts = (path, json) -> new TestServer.Answer(Integer.parseInt(row.get(1)), body);

      Failed failed = failed(join(loopback()));

      assertThat(failed.exitCode()).as(row.get(0)).isEqualTo(Integer.parseInt(row.get(2)));
      assertThat(failed.detail()).startsWith("why not");
      assertThat(failed.remedy()).isNotBlank();
    }
    server.posts = (path, json) -> new TestServer.Answer(400, "{\"code\":\"clock_skew\"}");
    assertThat(failed(join(loopback())).detail())
        .contains("this host's clock says", "Fri, 20 Nov 2026 12:00:00 GMT");
  }

  @Test
  void join_refusesAnswersThatDoNotFit() throws IOException, GeneralSecurityException {
    TestAuthority other = new TestAuthority();
    server.posts = (path, json) -> TestServer.grant(other, json, TENANT.toString(), "x");
    assertThat(failed(join(loopback())).code()).isEqualTo("bad_answer");
    server.posts =
        (path, json) -> TestServer.grant(authority, json, HOST.toString(), HOST.toString());
    assertThat(failed(join(loopback())).code()).isEqualTo("bad_answer");
    server.posts = (path, json) -> new TestServer.Answer(200, "nonsense");
    assertThat(failed(join(loopback())).code()).isEqualTo("bad_answer");
    assertThat(state.findIdentity()).isEmpty();
  }

  private static Failed failed(JoinResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }
}
