package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.Secret;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.enrol.EnrolRequest;
import dev.bulkhead.protocol.enrol.RenewRequest;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.enrolment.JoinEvents;
import dev.bulkhead.server.enrolment.JoinStatus;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class EnrolmentTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
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
  void enrol_withFreshCode_makesHost_andDialogSeesIt() throws Exception {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final TestHost host = new TestHost();
    final List<JoinStatus> seen = new CopyOnWriteArrayList<>();

    try (var _ = fixture.server.bean(JoinEvents.class).subscribe(fixture.signedIn(), seen::add)) {
      host.accept(client().post("/v1/enrol", host.enrol(code, Instant.now())));
    }

    assertThat(seen).last().extracting(JoinStatus::state).isEqualTo(JoinStatus.State.JOINED);
    final JsonNode shown = show(code);
    assertThat(shown.path("state").asString()).isEqualTo("joined");
    assertThat(shown.path("host").path("id").asString()).isEqualTo(host.key().host().toString());
    assertThat(shown.path("host").path("deviceFingerprint").asString())
        .isEqualTo(Sha256.digest(host.device.getPublic().getEncoded()).toBase64Url());
    final X509Certificate leaf = host.certificate();
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=" + host.key().host());
    assertThat(leaf.getSubjectAlternativeNames().toString())
        .contains("urn:bulkhead:tenant:" + fixture.owner.tenant() + ":host:" + host.key().host());
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(Duration.between(Instant.now(), leaf.getNotAfter().toInstant()))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(fixture.countRecords(AuditType.HOST_JOINED, host.key().host().toString()))
        .isEqualTo(1);
  }

  @Test
  void link_sendsItsAuthority_whoseFingerprintTheCodePins() throws Exception {
    final JoinCode code = TestHost.newCode(fixture.owner);

    try (SSLSocket socket = client().connect()) {
      final var chain = socket.getSession().getPeerCertificates();
      assertThat(chain).hasSize(2);
      assertThat(Sha256.digest(chain[1].getEncoded())).isEqualTo(code.authority());
      chain[0].verify(chain[1].getPublicKey());
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void enrol_withUsedCode_isRefused_andRecorded() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final TestHost first = new TestHost();
    first.accept(client().post("/v1/enrol", first.enrol(code, Instant.now())));

    final LinkClient.Answer second =
        client().post("/v1/enrol", new TestHost().enrol(code, Instant.now()));

    assertProblem(second, 409, "join_used");
    assertThat(fixture.countRecords(AuditType.HOST_JOIN_REFUSED, code.joinId().toString()))
        .isEqualTo(1);
  }

  @Test
  void enrol_again_withSameDeviceKey_getsSameHost() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final TestHost host = new TestHost();
    host.accept(client().post("/v1/enrol", host.enrol(code, Instant.now())));
    final UUID first = host.key().host();

    host.accept(client().post("/v1/enrol", host.enrol(code, Instant.now())));

    assertThat(host.key().host()).isEqualTo(first);
  }

  @Test
  void enrol_withExpiredCode_isRefused_andDialogSaysSo() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    expire(code);

    final LinkClient.Answer answer =
        client().post("/v1/enrol", new TestHost().enrol(code, Instant.now()));

    assertProblem(answer, 410, "join_expired");
    assertThat(show(code).path("state").asString()).isEqualTo("expired");
    assertThat(show(code).path("failure").path("cause").asString()).isEqualTo("expired");
  }

  @Test
  void enrol_withCancelledCode_isRefused() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    assertThat(fixture.owner.browser().delete("/api/v1/join-codes/" + code.joinId()).status())
        .isEqualTo(204);

    assertProblem(
        client().post("/v1/enrol", new TestHost().enrol(code, Instant.now())), 410, "join_expired");
  }

  @Test
  void enrol_withUnknownCode_orWrongSecret_getsTheSameAnswer() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final JoinCode unknown = with(code, code.secret(), UUID.randomUUID());
    final JoinCode wrong = with(code, Secret.of(new byte[32]), code.joinId());

    final LinkClient.Answer first =
        client().post("/v1/enrol", new TestHost().enrol(unknown, Instant.now()));
    final LinkClient.Answer second =
        client().post("/v1/enrol", new TestHost().enrol(wrong, Instant.now()));

    assertProblem(first, 404, "join_unknown");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(show(code).path("state").asString()).isEqualTo("failed");
    assertThat(show(code).path("failure").path("cause").asString()).isEqualTo("refused");
  }

  @Test
  void enrol_withClockOff_saysBothTimes_andCodeStaysGood() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final TestHost host = new TestHost();
    final Instant late = Instant.ofEpochMilli(Instant.now().toEpochMilli()).minusSeconds(62);

    final LinkClient.Answer answer = client().post("/v1/enrol", host.enrol(code, late));

    assertProblem(answer, 400, "clock_skew");
    assertThat(answer.json().path("detail").asString()).contains(late.toString(), "server");
    assertThat(show(code).path("failure").path("cause").asString()).isEqualTo("clock_off");
    host.accept(client().post("/v1/enrol", host.enrol(code, Instant.now())));
    assertThat(show(code).path("state").asString()).isEqualTo("joined");
  }

  @Test
  void enrol_byManyAtOnce_isWonByOne() throws Exception {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(
                () ->
                    client()
                        .post("/v1/enrol", new TestHost().enrol(code, Instant.now()))
                        .status()));
      }
    }

    final List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
  }

  @Test
  void enrol_withDeviceKeyOfAnotherHost_isRefused() {
    final TestHost host = TestHost.joined(fixture.owner);
    final JoinCode other = TestHost.newCode(fixture.owner);

    assertProblem(client().post("/v1/enrol", host.enrol(other, Instant.now())), 400, "bad_request");
    assertThat(show(other).path("failure").path("cause").asString()).isEqualTo("refused");
    fixture.revoke(host);
    assertProblem(client().post("/v1/enrol", host.enrol(other, Instant.now())), 400, "bad_request");
  }

  @Test
  void enrol_withForgedParts_isRefused() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final EnrolRequest good = new TestHost().enrol(code, Instant.now());
    final EnrolRequest other = new TestHost().enrol(code, Instant.now());

    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("deviceProof", other.deviceProof()),
            Map.of("deviceKey", other.deviceKey()),
            Map.of("csr", other.csr()),
            Map.of("csr", "AAAA"),
            Map.of("deviceKey", "AAAA"),
            Map.of("time", good.time().plusMillis(1).toString()))) {
      final LinkClient.Answer answer = client().post("/v1/enrol", changed(good, change));
      assertProblem(answer, 400, "bad_request");
    }
    assertThat(show(code).path("failure").path("cause").asString()).isEqualTo("bad_request");
  }

  @Test
  void enrol_withGarbage_isRefused() {
    final JoinCode code = TestHost.newCode(fixture.owner);
    final EnrolRequest good = new TestHost().enrol(code, Instant.now());
    final String text = JSON.writeValueAsString(good);

    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "{",
            "{}",
            "\u0000\u0001",
            text + "{}",
            text.replaceFirst("\\{", "{\"version\":1,"),
            changed(good, Map.of("surprise", 1)),
            changed(good, Map.of("version", 2)),
            changed(good, Map.of("hostname", "a\u0007b")))) {
      assertProblem(client().post("/v1/enrol", body), 400, "bad_request");
    }
    assertProblem(client().post("/v1/enrol", " ".repeat(16 * 1024) + text), 413, "too_large");
    assertProblem(client().get("/v1/enrol"), 405, "method_not_allowed");
  }

  @Test
  void renew_withDeviceKey_works_howeverOldTheCertificateIs() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    fixture.inTenant(
        () ->
            fixture
                .server
                .bean(Database.class)
                .sql()
                .sql("update host_certificate set not_after = now() - interval '7 days'")
                .update());
    fixture.giveCertificate(host, Duration.ofMinutes(-1));

    host.accept(client().post("/v1/renew", host.renew(Instant.now())));

    assertThat(host.certificate().getPublicKey()).isEqualTo(host.tls.getPublic());
    OpampClient.introduce(fixture.port(), host).abort();
  }

  @Test
  void renew_ofStrangerRemovedOrForged_isRefused() {
    final TestHost host = TestHost.joined(fixture.owner);
    final RenewRequest good = host.renew(Instant.now());
    final TestHost thief = new TestHost();
    thief.use(host.key(), host.certificate());

    assertProblem(
        client().post("/v1/renew", changed(good, Map.of("hostId", UUID.randomUUID().toString()))),
        404,
        "unknown_host");
    assertProblem(
        client().post("/v1/renew", changed(good, Map.of("tenant", UUID.randomUUID().toString()))),
        404,
        "unknown_host");
    assertProblem(client().post("/v1/renew", thief.renew(Instant.now())), 400, "bad_request");
    assertProblem(
        client().post("/v1/renew", host.renew(Instant.now().plusSeconds(120))), 400, "clock_skew");
    fixture.revoke(host);
    assertProblem(client().post("/v1/renew", host.renew(Instant.now())), 401, "revoked");
  }

  private static void assertProblem(LinkClient.Answer answer, int status, String code) {
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.response().headers().firstValue("content-type"))
        .contains("application/problem+json");
    assertThat(answer.response().headers().firstValue("server")).isEmpty();
  }

  private static String changed(Object request, Map<String, Object> change) {
    final Map<String, Object> fields =
        JSON.readValue(
            JSON.writeValueAsString(request),
            JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    fields.putAll(change);
    return JSON.writeValueAsString(fields);
  }

  private static JoinCode with(JoinCode code, Secret secret, UUID id) {
    return new JoinCode(
        1, code.tenant(), code.authority(), code.roster(), secret, id, code.addresses());
  }

  private static void expire(JoinCode code) {
    fixture.inTenant(
        () ->
            fixture
                .server
                .bean(Database.class)
                .sql()
                .sql("update join_code set expires_at = now() - interval '1 second' where id = ?")
                .param(code.joinId())
                .update());
  }

  private static JsonNode show(JoinCode code) {
    return fixture.owner.browser().get("/api/v1/join-codes/" + code.joinId()).json();
  }

  private static LinkClient client() {
    return LinkClient.anonymous(fixture.port());
  }
}
