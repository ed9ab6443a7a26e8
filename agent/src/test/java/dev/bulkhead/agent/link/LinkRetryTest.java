package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.agent.spool.Spool;
import dev.bulkhead.agent.spool.SpoolLimits;
import dev.bulkhead.protocol.join.LinkAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A link whose waits are written down and not waited.
@Timeout(60)
class LinkRetryTest {

  private static final UUID HOST = new UUID(3, 4);
  private static final UUID TENANT = new UUID(1, 2);

  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final AgentLog log =
      new AgentLog(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
  private final Bounds bounds = new Bounds();
  private StateDirectory state;
  private TestServer server;
  private Spool spool;

  /// Writes down below what each wait was to be drawn, and draws nothing.
  private static final class Bounds implements RandomGenerator {
    private final List<Long> asked = new CopyOnWriteArrayList<>();

    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      asked.add(bound - 1);
      return 0;
    }
  }

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    GeneralName loopback = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    state = StateDirectory.open(directory.resolve("state"));
    server = new TestServer(authority.serverContext(Instant.now(), loopback), 0);
    spool = Spool.open(state.spool(), SpoolLimits.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    spool.close();
    server.close();
    state.close();
  }

  private HostIdentity identity(Instant from) throws IOException, GeneralSecurityException {
    KeyPair tls = state.newTlsKey();
    HostIdentity identity =
        new HostIdentity(
            HOST,
            TENANT,
            List.of(new LinkAddress("127.0.0.1", server.port())),
            TestAuthority.pem(authority.certificate),
            TestAuthority.pem(authority.signHost(tls.getPublic(), from, Duration.ofDays(1))),
            state.newTlsKeyFile());
    state.save(identity, tls);
    return identity;
  }

  private void whileLinked(HostIdentity identity, Runnable test) throws InterruptedException {
    ServerLink link =
        new ServerLink(
            state,
            identity,
            new HostFacts("web-1", "Debian GNU/Linux 12", "6.1.0", "amd64").describe(),
            spool,
            new SampleRate(),
            new LinkState(() -> {}),
            Clock.systemUTC(),
            log,
            new Backoff(bounds));
    Thread running = Thread.ofPlatform().start(link);
    try {
      test.run();
    } finally {
      link.stop();
      running.join();
    }
  }

  @Test
  void run_waitsLongerEachTime_whenTheServerSpeaksButStoresNothing() throws Exception {
    server.storeRefuses = true;

    whileLinked(
        identity(Instant.now()), () -> Awaitility.await().until(() -> bounds.asked.size() >= 5));

    assertThat(bounds.asked.subList(0, 5)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
  }

  @Test
  void run_beginsWithShortWaitsAgain_afterAnAcknowledgement() throws Exception {
    server.storeRefuses = true;
    spool.append(new byte[10]);

    whileLinked(
        identity(Instant.now()),
        () -> {
          Awaitility.await().until(() -> bounds.asked.size() >= 3);
          server.closesAfterAck = true;
          server.storeRefuses = false;
          Awaitility.await().until(() -> bounds.asked.lastIndexOf(1_000L) > 0);
        });

    assertThat(server.samples).containsKey(1L);
  }

  @Test
  void run_usesARenewedCertificate_thatTheDiskDoesNotTake() throws Exception {
    server.posts =
        (path, body) -> TestServer.grant(authority, body, TENANT.toString(), HOST.toString());
    HostIdentity old = identity(Instant.now().minus(Duration.ofDays(8)));
    refuseToSave();
    spool.append(new byte[10]);

    whileLinked(old, () -> Awaitility.await().until(() -> server.samples.containsKey(1L)));

    assertThat(server.paths).containsExactly("/v1/renew", "/v1/opamp");
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("event=certificate_not_saved");
    assertThat(state.findIdentity()).contains(old);
    assertThat(state.tlsKey(old)).isNotNull();
  }

  // A directory where the new file is to be written, so that no right to write helps.
  private Path refuseToSave() throws IOException {
    Path inTheWay = state.path().resolve("identity.json.part/x");
    return Files.createDirectories(inTheWay);
  }

  @Test
  void saveIfDue_triesTheDiskOnceAMinute_untilItTakesTheCertificate() throws Exception {
    HostIdentity old = identity(Instant.now());
    AtomicLong nanos = new AtomicLong(5);
    HostCredentials credentials = new HostCredentials(state, old, log, nanos::get);
    Path inTheWay = refuseToSave();
    KeyPair key = state.newTlsKey();
    HostIdentity renewed =
        old.withCertificate(old.authority(), old.certificate(), state.newTlsKeyFile());

    credentials.replace(renewed, key);
    assertThat(credentials.identity()).isEqualTo(renewed);
    assertThat(credentials.keyManager().getPrivateKey("host")).isEqualTo(key.getPrivate());
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    credentials.saveIfDue();
    assertThat(state.findIdentity()).contains(old);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    credentials.saveIfDue();

    assertThat(state.findIdentity()).contains(renewed);
    assertThat(credentials.keyManager().getPrivateKey("host")).isEqualTo(key.getPrivate());
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("event=certificate_saved");
  }
}
