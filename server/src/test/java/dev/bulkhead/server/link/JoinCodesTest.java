package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.enrolment.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Each on a server of its own: they use up what one server allows.
final class JoinCodesTest {
  @Test
  void localAgent_joinsWithTheCodeThatTheServerLeft() throws Exception {
    try (LinkFixture fresh = new LinkFixture()) {
      final Path file = fresh.server.directory().resolve("local-join-code");
      await().until(() -> Files.exists(file));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      final JoinCode first = parse(file);

      fresh.server.restart();
      await().until(() -> Files.exists(file) && !parse(file).addresses().equals(first.addresses()));
      final JoinCode code = parse(file);
      final TestHost host = new TestHost();
      host.accept(
          LinkClient.anonymous(fresh.port()).post("/v1/enrol", host.enrol(code, Instant.now())));

      await().until(() -> !Files.exists(file));
      assertThat(fresh.server.directory().resolve("local-host-joined")).exists();
      assertThat(fresh.row(host).protectedFromServer()).isFalse();
      assertThat(code.authority())
          .as("a restart keeps the authority")
          .isEqualTo(first.authority())
          .isEqualTo(fresh.server.bean(CertificateAuthority.class).fingerprint());
      fresh.server.restart();
      OpampClient.introduce(fresh.port(), host).abort();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void joinCodes_needSession_andAreFewAtATime() throws Exception {
    try (LinkFixture fresh = new LinkFixture()) {
      final Browser stranger = new Browser(fresh.server.port());
      stranger.get("/api/v1/setup");
      final Map<String, String> body =
          Map.of("secretDigest", Sha256.digest(new byte[1]).toBase64Url());
      assertThat(stranger.post("/api/v1/join-codes", body).status()).isEqualTo(401);
      assertThat(
              fresh
                  .owner
                  .browser()
                  .post("/api/v1/join-codes", Map.of("secretDigest", "short"))
                  .code())
          .isEqualTo("validation");

      Browser.Answer last = fresh.owner.browser().post("/api/v1/join-codes", body);
      assertThat(last.json().path("link").path("loopbackOnly").asBoolean()).isTrue();
      for (int i = 0; i < 20; i++) {
        last = fresh.owner.browser().post("/api/v1/join-codes", body);
      }

      assertThat(last.status()).isEqualTo(429);
      assertThat(fresh.owner.browser().get("/api/v1/join-codes/" + UUID.randomUUID()).status())
          .isEqualTo(404);
    }
  }

  @Test
  void enrol_tooOften_isLimited_byAddress() {
    try (LinkFixture fresh = new LinkFixture()) {
      final LinkClient client = LinkClient.anonymous(fresh.port());
      LinkClient.Answer last = client.post("/v1/enrol", "{}");
      for (int i = 0; i < 2_000 && last.status() == 400; i++) {
        last = client.post("/v1/enrol", "{}");
      }

      assertThat(last.status()).isEqualTo(429);
      assertThat(last.response().headers().firstValue("retry-after")).isPresent();
    }
  }

  private static JoinCode parse(Path file) throws Exception {
    return ((JoinCode.Parsed.Valid) JoinCode.parse(Files.readString(file))).code();
  }
}
