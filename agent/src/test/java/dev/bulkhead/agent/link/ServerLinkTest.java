package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.agent.Agent;
import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.collect.Attributes;
import dev.bulkhead.agent.collect.Metric;
import dev.bulkhead.agent.collect.MetricSink;
import dev.bulkhead.agent.collect.Probe;
import dev.bulkhead.agent.collect.ProcessReport;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.protocol.enrol.EnrolProof;
import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.protocol.telemetry.MetricsHeader;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import opamp.proto.AgentToServer;
import opamp.proto.CommandType;
import opamp.proto.ServerToAgent;
import opamp.proto.ServerToAgentCommand;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The running agent against a server in the test's hands.
@Timeout(120)
class ServerLinkTest {

  private static final UUID HOST = UUID.fromString("0192f0c1-a2b3-7c4d-8e5f-60718293a4b5");
  private static final UUID TENANT = new UUID(1, 2);

  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final AtomicInteger sampled = new AtomicInteger();
  private StateDirectory state;
  private TestServer server;
  private @Nullable Agent agent;
  private @Nullable Thread running;

  private final class CountingProbe implements Probe {
    @Override
    public void sample(long nanos, MetricSink sink) {
      sink.add(Metric.UPTIME, Attributes.NONE, sampled.incrementAndGet());
    }

    @Override
    public Optional<ProcessReport> processes(long nanos, long nowMillis, boolean watched) {
      return Optional.of(new ProcessReport(Instant.ofEpochMilli(nowMillis), 1, List.of()));
    }

    @Override
    public long bootMillis() {
      return 1;
    }
  }

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    state = StateDirectory.open(directory.resolve("state"));
    server = newServer(0);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    stopAgent();
    server.close();
    state.close();
  }

  private TestServer newServer(int port) throws IOException, GeneralSecurityException {
    GeneralName loopback = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    return new TestServer(authority.serverContext(Instant.now(), loopback), port);
  }

  private void startAgent(Instant from, Duration life)
      throws IOException, GeneralSecurityException {
    KeyPair tls = state.newTlsKey();
    HostIdentity identity =
        new HostIdentity(
            HOST,
            TENANT,
            List.of(new LinkAddress("127.0.0.1", server.port())),
            TestAuthority.pem(authority.certificate),
            TestAuthority.pem(authority.signHost(tls.getPublic(), from, life)),
            state.newTlsKeyFile());
    state.save(identity, tls);
    startAgent(identity);
  }

  private void startAgent(HostIdentity identity) {
    PrintStream log = new PrintStream(logged, true, StandardCharsets.UTF_8);
    HostFacts facts = new HostFacts("web-1", "Debian GNU/Linux 12", "6.1.0", "amd64");
    Agent started =
        new Agent(
            state,
            identity,
            facts,
            new CountingProbe(),
            Clock.systemUTC(),
            new AgentLog(log, Clock.systemUTC()));
    agent = started;
    running =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    started.run();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  private void stopAgent() throws InterruptedException {
    Agent started = agent;
    Thread thread = running;
    if (started != null && thread != null) {
      started.stop();
      thread.join();
    }
  }

  private void awaitSamples(int count) {
    Awaitility.await().until(() -> server.samples.size() >= count);
  }

  @Test
  void run_introducesItself_andSendsSamplesThatTheServerCanRead() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));

    awaitSamples(3);

    AgentToServer first = server.messages.getFirst();
    assertThat(first.instance_uid.hex()).isEqualTo(HOST.toString().replace("-", ""));
    assertThat(first.agent_description).isNotNull();
    byte[] data = metrics(1).custom_message.data.toByteArray();
    var request =
        ExportMetricsServiceRequest.parseFrom(
            Arrays.copyOfRange(data, MetricsHeader.LENGTH, data.length));
    assertThat(request.getResourceMetrics(0).getScopeMetrics(0).getMetrics(0).getName())
        .isEqualTo("system.uptime");
    assertThat(server.messages)
        .anySatisfy(
            m -> {
              assertThat(m.custom_message).isNotNull();
              assertThat(m.custom_message.type).isEqualTo("processes");
            });
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("event=link_up");
  }

  private AgentToServer metrics(int number) {
    return server.messages.stream()
        .filter(m -> m.custom_message != null && m.custom_message.type.equals("metrics"))
        .skip(number - 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void stop_saysGoodbye() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));
    awaitSamples(1);

    stopAgent();

    assertThat(server.messages.getLast().agent_disconnect).isNotNull();
    assertThat(server.closes).containsExactly(1000);
  }

  @Test
  void run_backfillsAnOutage_inOrder_withoutAGapOrARepetition() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));
    awaitSamples(2);
    int port = server.port();
    TestServer before = server;

    server.close();
    int atOutage = sampled.get();
    Awaitility.await().until(() -> sampled.get() >= atOutage + 3);
    server = newServer(port);
    Awaitility.await().until(() -> server.samples.size() >= 5);
    stopAgent();

    TreeSet<Long> all = new TreeSet<>(before.samples.keySet());
    all.addAll(server.samples.keySet());
    assertThat(all).hasSize((int) (all.last() - all.first() + 1)).contains(1L);
    assertThat(server.order).isSorted();
  }

  @Test
  void run_sendsAgain_whatAKilledAgentHadSampled() throws Exception {
    server.acknowledging = false;
    startAgent(Instant.now(), Duration.ofHours(24));
    Awaitility.await().until(() -> sampled.get() >= 3);
    stopAgent();

    server.acknowledging = true;
    startAgent(state.findIdentity().orElseThrow());
    awaitSamples(4);

    assertThat(server.order.subList(0, 4)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void run_renews_whenTheCertificateEndedAWeekAgo() throws Exception {
    server.posts =
        (path, body) -> {
          try {
            byte[] csr = Base64.getDecoder().decode(body.getString("csr"));
            Instant time = Instant.parse(body.getString("time"));
            byte[] proof = Base64.getUrlDecoder().decode(body.getString("deviceProof"));
            boolean signed =
                EnrolProof.forRenew(csr, HOST, time)
                    .isSignedBy(state.deviceKey().getPublic(), proof);
            return signed && path.equals("/v1/renew")
                ? TestServer.grant(authority, body, TENANT.toString(), HOST.toString())
                : new TestServer.Answer(401, "{\"code\":\"revoked\"}");
          } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        };

    startAgent(Instant.now().minus(Duration.ofDays(8)), Duration.ofDays(1));

    awaitSamples(1);
    assertThat(server.paths).startsWith("/v1/renew", "/v1/opamp");
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("event=certificate_renewed");
  }

  @Test
  void run_changesTheCertificateInTime_withoutTheLookOfAnEnd() throws Exception {
    server.posts =
        (path, body) -> TestServer.grant(authority, body, TENANT.toString(), HOST.toString());

    // It began a minute ago, so that its two thirds are over in three seconds.
    startAgent(Instant.now(), Duration.ofSeconds(35));

    Awaitility.await().until(() -> server.paths.stream().filter("/v1/opamp"::equals).count() == 2);
    assertThat(server.paths).containsExactly("/v1/opamp", "/v1/renew", "/v1/opamp");
    Awaitility.await().untilAsserted(() -> assertThat(server.closes).containsExactly(1012));
    assertThat(server.messages).noneMatch(m -> m.agent_disconnect != null);
  }

  @Test
  void run_takesNoCommandFromTheServer_andStaysUp() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));
    awaitSamples(1);

    server.sendToAll(
        new ServerToAgent.Builder()
            .command(
                new ServerToAgentCommand.Builder().type(CommandType.CommandType_Restart).build())
            .build());
    server.sendToAll("ack", new byte[] {1});
    server.sendToAll("nonsense", new byte[0]);
    server.sendToAll(new ServerToAgent.Builder().flags(1).build());

    Awaitility.await()
        .until(
            () -> server.messages.stream().filter(m -> m.agent_description != null).count() == 2);
    assertThat(server.paths).containsExactly("/v1/opamp");
  }

  @Test
  void run_slowsDown_whenTheServerSaysSo() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));
    awaitSamples(2);

    server.sendToAll(TelemetryChannel.INTERVAL, SampleInterval.NORMAL.encode());
    server.sendToAll(new ServerToAgent.Builder().flags(1).build());
    Awaitility.await()
        .until(
            () -> server.messages.stream().filter(m -> m.agent_description != null).count() == 2);
    int before = sampled.get();

    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(() -> sampled.get() <= before + 1);
    server.sendToAll(TelemetryChannel.INTERVAL, SampleInterval.FAST.encode());
    Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> sampled.get() >= before + 3);
  }

  @Test
  void run_givesEverySampleATimeOfItsOwn() throws Exception {
    startAgent(Instant.now(), Duration.ofHours(24));
    awaitSamples(4);

    HashSet<Long> times = new HashSet<>();
    for (int i = 1; i <= 4; i++) {
      byte[] data = metrics(i).custom_message.data.toByteArray();
      var request =
          ExportMetricsServiceRequest.parseFrom(
              Arrays.copyOfRange(data, MetricsHeader.LENGTH, data.length));
      var metric = request.getResourceMetrics(0).getScopeMetrics(0).getMetrics(0);
      times.add(metric.getGauge().getDataPoints(0).getTimeUnixNano());
    }
    assertThat(times).hasSize(4);
  }
}
