package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.protocol.telemetry.Ack;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.Hosts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OpampLinkTest {
  private static final byte[] OTLP = {1, 2, 3};
  private static final int MEBIBYTE = 1024 * 1024;
  private static final MemoryInbox INBOX = new MemoryInbox();
  private static LinkFixture fixture;

  /// Keeps what came; settles at once unless told to hold.
  private static final class MemoryInbox implements TelemetryInbox {
    final List<byte[]> metrics = new CopyOnWriteArrayList<>();
    final List<String> processes = new CopyOnWriteArrayList<>();
    final List<Receipt> held = new CopyOnWriteArrayList<>();
    volatile Outcome outcome = Outcome.DURABLE;
    volatile boolean holds;

    @Override
    public void metrics(HostKey host, byte[] otlp, Receipt receipt) {
      metrics.add(otlp);
      if (holds) {
        held.add(receipt);
      } else {
        receipt.settle(outcome);
      }
    }

    @Override
    public void processes(HostKey host, byte[] json) {
      processes.add(new String(json, StandardCharsets.UTF_8));
    }

    void clear() {
      metrics.clear();
      processes.clear();
      held.clear();
      outcome = Outcome.DURABLE;
      holds = false;
    }
  }

  @BeforeAll
  static void start() {
    fixture = new LinkFixture();
    fixture.server.prefer(TelemetryInbox.class, INBOX);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    INBOX.clear();
  }

  @Test
  void firstMessage_describesHost_andIsAnswered() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);

    final OpampClient client = introduce(host);

    assertThat(client.received.getFirst().custom_capabilities.capabilities)
        .containsExactly(TelemetryChannel.CAPABILITY);
    assertThat(client.received.getFirst().flags).isZero();
    final Hosts.Host row = fixture.row(host);
    assertThat(row.description().hostname()).isEqualTo("said-host");
    assertThat(row.description().os()).isEqualTo("Debian 13 (6.12)");
    assertThat(row.description().agentVersion()).isEqualTo("9.9.9");
    assertThat(row.remoteAddress()).isEqualTo("127.0.0.1");
  }

  @Test
  void firstMessage_withoutDescription_isAskedForEverything() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient client =
        OpampClient.open(LinkClient.of(fixture.port(), host), host.key().host());

    client.heartbeat();

    await().until(() -> !client.received.isEmpty());
    assertThat(client.received.getFirst().flags).isEqualTo(1);
  }

  @Test
  void metrics_areAcknowledged_whenDurable_andInOrder() throws Exception {
    final OpampClient client = introduce(TestHost.joined(fixture.owner));
    INBOX.holds = true;
    client.metrics(7, 1, OTLP);
    client.metrics(7, 2, OTLP);
    client.metrics(7, 5, OTLP);
    await().until(() -> INBOX.held.size() == 3);

    INBOX.held.get(1).settle(TelemetryInbox.Outcome.DURABLE);
    INBOX.held.get(0).settle(TelemetryInbox.Outcome.DURABLE);
    INBOX.held.get(0).settle(TelemetryInbox.Outcome.DURABLE);
    await().until(() -> acks(client).size() == 1);
    INBOX.held.get(2).settle(TelemetryInbox.Outcome.DURABLE);
    await().until(() -> acks(client).size() == 2);

    assertThat(acks(client)).containsExactly(new Ack(7, 2), new Ack(7, 5));
    assertThat(INBOX.metrics.getFirst()).isEqualTo(OTLP);
  }

  @Test
  void metrics_thatWaitForTheDisk_holdBackTheRest() throws Exception {
    final OpampClient client = introduce(TestHost.joined(fixture.owner));
    INBOX.holds = true;
    for (int i = 1; i <= 60; i++) {
      client.metrics(1, i, OTLP);
    }
    await().until(() -> INBOX.held.size() == AckQueue.MAX_WAITING);
    await().during(Duration.ofMillis(300)).until(() -> INBOX.held.size() == AckQueue.MAX_WAITING);

    INBOX.holds = false;
    INBOX.held.forEach(receipt -> receipt.settle(TelemetryInbox.Outcome.DURABLE));

    await().until(() -> acks(client).contains(new Ack(1, 60)));
    assertThat(INBOX.metrics).hasSize(60);
  }

  @Test
  void metrics_thatTheStoreCannotTakeNow_sendTheHostAwayUnacknowledged() throws Exception {
    final OpampClient client = introduce(TestHost.joined(fixture.owner));
    INBOX.outcome = TelemetryInbox.Outcome.UNAVAILABLE;

    client.metrics(1, 1, OTLP);

    await().until(() -> client.ended);
    assertThat(client.closeCode).isEqualTo(1013);
    assertThat(acks(client)).isEmpty();
  }

  @Test
  void metrics_thatAreNone_areAcknowledgedAndCounted() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient client = introduce(host);
    INBOX.outcome = TelemetryInbox.Outcome.MALFORMED;

    client.metrics(1, 1, OTLP);

    await().until(() -> acks(client).contains(new Ack(1, 1)));
    await().until(() -> counts(host).messagesRefused() == 1);
  }

  @Test
  void processes_arePassedOn() throws Exception {
    final OpampClient client = introduce(TestHost.joined(fixture.owner));

    client.custom(TelemetryChannel.PROCESSES, "{\"items\":[]}".getBytes(StandardCharsets.UTF_8));

    await().until(() -> INBOX.processes.contains("{\"items\":[]}"));
  }

  @Test
  void interval_isAskedFor_repeated_andTakenBack() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampLinks links = fixture.server.bean(OpampLinks.class);
    links.sampleEvery(host.key(), Duration.ofSeconds(1));
    final OpampClient client = introduce(host);
    await().until(() -> intervals(client).size() == 1);

    links.askAgain();
    await().until(() -> intervals(client).size() >= 2);
    assertThat(intervals(client)).containsOnly(SampleInterval.FAST);
    links.sampleEvery(host.key(), Duration.ofSeconds(10));

    await().until(() -> intervals(client).getLast() == SampleInterval.NORMAL);
  }

  @Test
  void anotherInstanceUid_isRefused_andRecorded() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient client =
        OpampClient.open(LinkClient.of(fixture.port(), host), UUID.randomUUID());

    client.introduce();

    await().until(() -> client.ended);
    assertThat(client.closeCode).isEqualTo(1008);
    assertThat(client.received).isEmpty();
    assertThat(fixture.countRecords(AuditType.HOST_IDENTITY_REFUSED, host.key().host().toString()))
        .isEqualTo(1);
    assertThat(counts(host).messagesRefused()).isEqualTo(1);
    assertThat(fixture.row(host).description().hostname()).isEqualTo("test-host");
  }

  @Test
  void goodbye_showsDownAtOnce_aBrokenLinkDoesNot() throws Exception {
    final TestHost polite = TestHost.joined(fixture.owner);
    final TestHost broken = TestHost.joined(fixture.owner);
    final OpampClient first = introduce(polite);
    final OpampClient second = introduce(broken);
    assertThat(state(polite)).isEqualTo("up");

    first.disconnect();
    second.abort();

    await().until(() -> state(polite).equals("down"));
    await().until(() -> fixture.server.bean(LinkConnections.class).count(broken.key()) == 0);
    assertThat(state(broken)).isEqualTo("up");
  }

  @Test
  void secondLiveLink_takesOver_andIsCounted() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient older = introduce(host);

    final OpampClient newer = introduce(host);

    await().until(() -> older.ended);
    assertThat(older.closeCode).isEqualTo(1008);
    assertThat(counts(host).identityConflicts()).isEqualTo(1);
    newer.metrics(1, 1, OTLP);
    await().until(() -> acks(newer).contains(new Ack(1, 1)));
  }

  @Test
  void reconnect_afterClose_isNoConflict() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient first = introduce(host);
    first.close(3000);
    await().until(() -> fixture.server.bean(LinkConnections.class).count(host.key()) == 0);

    introduce(host);

    await()
        .during(Duration.ofMillis(2_500))
        .atMost(Duration.ofSeconds(4))
        .until(() -> counts(host).identityConflicts() == 0);
  }

  @Test
  void malformedMessages_closeTheirOwnLinkOnly() throws Exception {
    final TestHost good = TestHost.joined(fixture.owner);
    final OpampClient steady = introduce(good);
    final TestHost bad = TestHost.joined(fixture.owner);
    final OpampClient client = introduce(bad);

    client.sendRaw(new byte[] {1, 2, 3});
    client.sendRaw(new byte[0]);
    client.sendRaw(new byte[] {0, (byte) 0xff, (byte) 0xff, (byte) 0xff});
    client.custom("nonsense", new byte[0]);
    client.custom(TelemetryChannel.METRICS, new byte[3]);

    await().until(() -> client.ended);
    assertThat(client.closeCode).isEqualTo(1008);
    assertThat(counts(bad).messagesRefused()).isEqualTo(5);
    assertThat(fixture.countRecords(AuditType.HOST_MESSAGE_REFUSED, bad.key().host().toString()))
        .as("once a minute")
        .isEqualTo(1);
    assertWorks(steady, 1);
  }

  @Test
  void oversizedMessage_closesItsOwnLinkOnly() throws Exception {
    final OpampClient steady = introduce(TestHost.joined(fixture.owner));
    final TestHost bad = TestHost.joined(fixture.owner);
    final OpampClient client = introduce(bad);
    client.metrics(1, 1, new byte[MEBIBYTE - 100]);
    await().until(() -> acks(client).contains(new Ack(1, 1)));

    client.trySend(() -> client.metrics(1, 2, new byte[2 * MEBIBYTE]));

    await().until(() -> client.ended);
    await().until(() -> counts(bad).messagesRefused() == 1);
    assertWorks(steady, 1);
  }

  @Test
  void text_isRefused() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient client = introduce(host);

    client.sendText("hello");

    await().until(() -> counts(host).messagesRefused() == 1);
    assertWorks(client, 1);
  }

  @Test
  void tooFastClient_isSlowedDown_alone() throws Exception {
    final OpampClient steady = introduce(TestHost.joined(fixture.owner));
    final OpampClient fast = introduce(TestHost.joined(fixture.owner));
    final Thread flood =
        Thread.startVirtualThread(
            () -> {
              long number = 0;
              while (fast.trySend(fast::heartbeat) && number < 100_000) {
                number++;
              }
            });
    final long before = System.nanoTime();
    for (int i = 1; i <= 20; i++) {
      assertWorks(steady, i);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    fast.abort();
    flood.join(Duration.ofSeconds(5));
  }

  @Test
  void pings_areAnswered_noFasterThanMessages() throws Exception {
    final OpampClient client = introduce(TestHost.joined(fixture.owner));

    for (int i = 0; i < 400; i++) {
      client.ping();
    }

    // 200 are in hand, and 50 more come in a second.
    await().until(() -> client.pongs.get() >= 150);
    assertThat(client.pongs.get()).isLessThan(400);
    await().until(() -> client.pongs.get() == 400);
  }

  @Test
  void connections_ofOneHost_areFew() throws Exception {
    final TestHost host = TestHost.joined(fixture.owner);
    final OpampClient steady = introduce(TestHost.joined(fixture.owner));
    final List<LinkClient> clients = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 12; i++) {
      clients.add(LinkClient.of(fixture.port(), host));
      clients.getLast().get("/v1/opamp");
    }

    await().until(() -> fixture.server.bean(LinkConnections.class).count(host.key()) <= 8);
    assertWorks(steady, 1);
  }

  private static void assertWorks(OpampClient client, long number) {
    client.metrics(99, number, OTLP);
    await().until(() -> acks(client).contains(new Ack(99, number)));
  }

  private static String state(TestHost host) {
    return fixture.show(host).path("state").asString();
  }

  private static OpampClient introduce(TestHost host) throws Exception {
    final OpampClient client = OpampClient.introduce(fixture.port(), host);
    await().until(() -> !client.received.isEmpty());
    return client;
  }

  private static Counts counts(TestHost host) {
    final JsonNode shown = fixture.show(host).path("counters");
    return new Counts(
        shown.path("messagesRefused").asLong(), shown.path("identityConflicts").asLong());
  }

  private record Counts(long messagesRefused, long identityConflicts) {}

  private static List<Ack> acks(OpampClient client) {
    return client.data(TelemetryChannel.ACK).stream()
        .map(data -> Ack.parse(data).orElseThrow())
        .toList();
  }

  private static List<SampleInterval> intervals(OpampClient client) {
    return client.data(TelemetryChannel.INTERVAL).stream()
        .map(data -> SampleInterval.parse(data).orElseThrow())
        .toList();
  }
}
