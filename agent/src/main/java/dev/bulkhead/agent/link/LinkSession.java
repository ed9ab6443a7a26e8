package dev.bulkhead.agent.link;

import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.agent.opamp.CustomMessage;
import dev.bulkhead.agent.opamp.OpampEncoder;
import dev.bulkhead.agent.opamp.ServerMessage;
import dev.bulkhead.agent.spool.Spool;
import dev.bulkhead.agent.spool.SpoolReader;
import dev.bulkhead.agent.spool.SpoolRecord;
import dev.bulkhead.protocol.telemetry.Ack;
import dev.bulkhead.protocol.telemetry.MetricsHeader;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One connection that is up: sends what the spool holds, in order, and hears the server.
///
/// The thread that calls [#serve] sends; one more receives. Samples that are not acknowledged
/// within half a minute end the connection: the next one sends them again.
final class LinkSession {

  /// How many samples may be on their way without an acknowledgement.
  static final int WINDOW = 32;

  private static final long HEARTBEAT = Duration.ofSeconds(30).toNanos();
  private static final long PING_AFTER = Duration.ofSeconds(20).toNanos();
  private static final long DEAD_AFTER = Duration.ofSeconds(45).toNanos();
  private static final long ACK_WITHIN = Duration.ofSeconds(30).toNanos();
  private static final long PROVEN_AFTER = Duration.ofMinutes(1).toNanos();
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

  private final TlsConnection connection;
  private final WebSocket socket;
  private final OpampEncoder encoder;
  private final Spool spool;
  private final LinkState state;
  private final SampleRate rate;
  private final AtomicReference<@Nullable String> processes;
  private final AgentLog log;
  private final String health;

  private volatile long heardAt;
  private volatile boolean acknowledgedHere;
  private volatile boolean ended;
  private volatile boolean leaving;
  private volatile boolean reportFullState = true;
  private final long begunAt;
  private long sentAt;
  private long pingedAt;
  private long progressAt;
  private long acknowledged;
  private final long[] inFlight = new long[WINDOW];
  private int inFlightCount;

  LinkSession(
      TlsConnection connection,
      WebSocket socket,
      OpampEncoder encoder,
      Spool spool,
      LinkState state,
      SampleRate rate,
      AtomicReference<@Nullable String> processes,
      AgentLog log,
      String health) {
    this.connection = connection;
    this.socket = socket;
    this.encoder = encoder;
    this.spool = spool;
    this.state = state;
    this.rate = rate;
    this.processes = processes;
    this.log = log;
    this.health = health;
    this.begunAt = System.nanoTime();
    this.heardAt = begunAt;
  }

  /// Serves until the connection ends or `leave` says so.
  ///
  /// @return the code to close with when `leave` said so, or 0 when the other side ended it
  int serve(BooleanSupplier stopping, BooleanSupplier renewed)
      throws IOException, InterruptedException {
    Thread receiver =
        Thread.ofPlatform()
            .daemon()
            .name("link-receive")
            .stackSize(256 * 1024)
            .start(this::receiveAll);
    try (SpoolReader reader = spool.reader()) {
      progressAt = System.nanoTime();
      while (!ended) {
        long seen = spool.changes();
        if (stopping.getAsBoolean()) {
          socket.sendBinary(encoder.encodeDisconnect());
          return leave(WebSocket.NORMAL, receiver);
        }
        if (renewed.getAsBoolean()) {
          return leave(WebSocket.SERVICE_RESTART, receiver);
        }
        sendDue(reader);
        spool.awaitChange(seen, LOOK_EVERY);
      }
      return 0;
    } finally {
      connection.abort();
      receiver.interrupt();
    }
  }

  private int leave(int code, Thread receiver) throws IOException, InterruptedException {
    leaving = true;
    socket.sendClose(code);
    // The other side's close shows that ours has arrived; ending at once might discard it.
    boolean answered = receiver.join(FAREWELL);
    if (!answered) {
      log.info("link_close_unanswered");
    }
    return code;
  }

  private void sendDue(SpoolReader reader) throws IOException {
    if (reportFullState) {
      reportFullState = false;
      send(encoder.encodeStatus(health, true));
    }
    sendSamples(reader);
    String report = processes.getAndSet(null);
    if (report != null) {
      byte[] json = report.getBytes(StandardCharsets.UTF_8);
      send(encoder.encodeTelemetry(TelemetryChannel.PROCESSES, new byte[0], json));
    }
    long now = System.nanoTime();
    if (now - sentAt >= HEARTBEAT) {
      send(encoder.encodeHeartbeat());
    }
    if (now - heardAt >= PING_AFTER && now - pingedAt >= PING_AFTER) {
      pingedAt = now;
      socket.sendPing();
    }
    if (inFlightCount > 0 && now - progressAt >= ACK_WITHIN) {
      throw new IOException("samples are not acknowledged");
    }
  }

  private void sendSamples(SpoolReader reader) throws IOException {
    settle(spool.status().acknowledged());
    while (inFlightCount < WINDOW && !ended) {
      SpoolRecord record = reader.next();
      if (record == null) {
        return;
      }
      ByteBuffer header = ByteBuffer.allocate(MetricsHeader.LENGTH);
      new MetricsHeader(record.sequence(), spool.epoch()).writeTo(header);
      if (inFlightCount == 0) {
        progressAt = System.nanoTime();
      }
      inFlight[inFlightCount++] = record.sequence();
      send(encoder.encodeTelemetry(TelemetryChannel.METRICS, header.array(), record.data()));
    }
  }

  private void settle(long durable) {
    if (durable <= acknowledged) {
      return;
    }
    acknowledged = durable;
    progressAt = System.nanoTime();
    int kept = 0;
    for (int i = 0; i < inFlightCount; i++) {
      if (inFlight[i] > durable) {
        inFlight[kept++] = inFlight[i];
      }
    }
    inFlightCount = kept;
  }

  private void send(byte[] message) throws IOException {
    sentAt = System.nanoTime();
    socket.sendBinary(message);
  }

  private void receiveAll() {
    try {
      byte[] message = socket.receive(this::alive);
      while (message != null) {
        if (message.length > 0 && message[0] == 0) {
          handle(ServerMessage.decode(message, 1, message.length - 1));
        } else {
          state.countMalformed();
        }
        message = socket.receive(this::alive);
      }
      if (!leaving) {
        log.info("link_closed_by_server");
      }
    } catch (IOException e) {
      if (!ended) {
        state.endedBecause(e);
      }
    } finally {
      ended = true;
      connection.abort();
      spool.signal();
    }
  }

  private void alive() {
    heardAt = System.nanoTime();
  }

  private void handle(ServerMessage message) {
    if (message.reportFullState()) {
      reportFullState = true;
      spool.signal();
    }
    String error = message.error();
    if (error != null) {
      log.warn("server_error", "message", error);
    }
    state.countIgnored(message.ignored());
    for (CustomMessage custom : message.customMessages()) {
      if (custom.capability().equals(TelemetryChannel.CAPABILITY)) {
        handle(custom);
      }
    }
  }

  private void handle(CustomMessage custom) {
    switch (custom.type()) {
      case TelemetryChannel.ACK ->
          Ack.parse(custom.data()).ifPresentOrElse(this::acknowledge, state::countMalformed);
      case TelemetryChannel.INTERVAL ->
          SampleInterval.parse(custom.data())
              .ifPresentOrElse(
                  interval -> {
                    rate.set(interval, System.nanoTime());
                    state.rateChanged();
                  },
                  state::countMalformed);
      default -> state.countMalformed();
    }
  }

  private void acknowledge(Ack ack) {
    acknowledgedHere |= ack.epoch() == spool.epoch();
    spool.acknowledge(ack.epoch(), ack.sequence());
  }

  /// Whether the link has worked: it brought an acknowledgement or lived for a minute. A word from
  /// the server alone does not count, for it also speaks when it can store nothing.
  boolean hasProvenItself(long nanos) {
    return acknowledgedHere || nanos - begunAt >= PROVEN_AFTER;
  }

  /// Ends the connection when nothing has come for too long; called from outside, since a thread
  /// that writes to a dead connection cannot look at the time.
  void checkAlive(long nanos) {
    if (nanos - heardAt >= DEAD_AFTER) {
      log.warn("link_silent");
      abort();
    }
  }

  /// Ends the connection at once, without a word.
  void abort() {
    connection.abort();
    spool.signal();
  }
}
