package dev.bulkhead.server.link;

import dev.bulkhead.protocol.telemetry.MetricsHeader;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import dev.bulkhead.server.enrolment.HostCertificate;
import dev.bulkhead.server.fleet.HostKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import okio.ByteString;
import opamp.proto.AgentToServer;
import opamp.proto.CustomMessage;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;

/// One OpAMP conversation: from the upgrade, through the first message that names its host, to the
/// close. Reads one message at a time and the next only when there is room and time for it.
///
/// Jetty calls it from one thread at a time; receipts and the fleet call it from any.
public final class OpampLink implements Session.Listener {
  private static final int MAX_MALFORMED = 5;
  private static final int MAX_PROCESSES = 64 * 1024;

  private final OpampLinks hub;
  private final HostCertificate certificate;
  private final String remoteAddress;
  private final LinkPace pace;
  private final AckQueue acks = new AckQueue();
  private ByteString uid = ByteString.EMPTY;
  private int malformed;
  private boolean introduced;
  private volatile boolean foreign;
  private boolean saidGoodbye;
  private long sequence;
  private volatile boolean answeredPing;
  // Guarded by `acks`: the link is not read because too much waits for the disk.
  private boolean paused;
  private volatile org.eclipse.jetty.websocket.api.@org.jspecify.annotations.Nullable Session
      session;

  OpampLink(OpampLinks hub, HostCertificate certificate, String remoteAddress) {
    this.hub = hub;
    this.certificate = certificate;
    pace = hub.pace(certificate.host());
    this.remoteAddress = remoteAddress;
  }

  HostKey host() {
    return certificate.host();
  }

  String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    opened.demand();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    final byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    callback.succeed();
    final Optional<AgentToServer> message = OpampMessages.decode(bytes);
    if (message.isEmpty()) {
      refuse("it is no OpAMP message");
    } else {
      hub.guard(this, () -> take(message.get()));
    }
    readOn(bytes.length);
  }

  @Override
  public void onWebSocketText(String text) {
    refuse("it is text");
    readOn(text.length());
  }

  // Answered by us and not by Jetty, so that pings too are read no faster than the pace.
  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    final Session open = session;
    final int size = payload.remaining();
    if (open != null) {
      open.sendPong(ByteBuffer.allocate(size).put(payload).flip(), Callback.NOOP);
    }
    readOn(size);
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    answeredPing = true;
    if (foreign) {
      hub.seen(this);
    }
    readOn(payload.remaining());
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    if (cause instanceof MessageTooLargeException) {
      hub.refused(this, "it is too large");
    }
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    hub.closed(this, saidGoodbye || code == StatusCode.NORMAL);
  }

  private void take(AgentToServer message) {
    if (introduced ? !message.instance_uid.equals(uid) : !isNamed(message.instance_uid)) {
      hub.namedAnother(this);
      close(StatusCode.POLICY_VIOLATION, "this certificate belongs to another instance uid");
      return;
    }
    uid = message.instance_uid;
    final boolean gap = introduced && message.sequence_num != sequence + 1;
    sequence = message.sequence_num;
    if (message.agent_description != null && pace.mayDescribe()) {
      hub.describe(this, message.agent_description);
    }
    if (!introduced) {
      introduced = true;
      hub.introduced(this);
      send(OpampMessages.welcome(uid, message.agent_description == null));
      hub.wantedInterval(host()).ifPresent(this::askInterval);
    } else if (gap && message.agent_description == null && hub.mayAskFullState(host())) {
      send(OpampMessages.welcome(uid, true));
    }
    hub.seen(this);
    saidGoodbye = message.agent_disconnect != null;
    if (message.custom_message != null) {
      takeCustom(message.custom_message);
    }
  }

  private boolean isNamed(ByteString name) {
    final OpampLinks.Naming naming = hub.name(host(), name);
    foreign = naming == OpampLinks.Naming.FOREIGN;
    return naming != OpampLinks.Naming.ANOTHER;
  }

  private void takeCustom(CustomMessage message) {
    if (!message.capability.equals(TelemetryChannel.CAPABILITY)) {
      return;
    }
    final byte[] data = message.data.toByteArray();
    switch (message.type) {
      case TelemetryChannel.METRICS -> takeMetrics(data);
      case TelemetryChannel.PROCESSES -> {
        if (data.length > MAX_PROCESSES) {
          refuse("its processes are too many");
        } else {
          hub.inbox().ifPresent(inbox -> inbox.processes(host(), data));
        }
      }
      default -> refuse("its type is not known");
    }
  }

  private void takeMetrics(byte[] data) {
    final Optional<MetricsHeader> header = MetricsHeader.parse(data);
    if (header.isEmpty()) {
      refuse("it has no sequence");
      return;
    }
    final Optional<TelemetryInbox> inbox = hub.inbox();
    if (inbox.isEmpty()) {
      return;
    }
    final AckQueue.Waiting waiting;
    synchronized (acks) {
      waiting = acks.add(header.get(), data.length);
    }
    final byte[] otlp = Arrays.copyOfRange(data, MetricsHeader.LENGTH, data.length);
    inbox.get().metrics(host(), otlp, outcome -> settle(waiting, outcome));
  }

  private void settle(AckQueue.Waiting waiting, TelemetryInbox.Outcome outcome) {
    switch (outcome) {
      case DURABLE -> acknowledge(waiting);
      case MALFORMED -> {
        hub.later(0, () -> refuse("it holds no metrics"));
        acknowledge(waiting);
      }
      case UNAVAILABLE -> close(StatusCode.TRY_AGAIN_LATER, "the store does not take metrics now");
    }
  }

  // Sending only queues: it is done under the lock so that acknowledgements leave in order.
  private void acknowledge(AckQueue.Waiting waiting) {
    final boolean resume;
    synchronized (acks) {
      acks.settle(waiting)
          .ifPresent(ack -> send(OpampMessages.telemetry(uid, TelemetryChannel.ACK, ack.encode())));
      resume = paused && !acks.isFull();
      paused = paused && !resume;
    }
    if (resume) {
      hub.later(0, this::demand);
    }
  }

  private void readOn(int size) {
    final long wait = pace.take(size);
    if (wait > 0) {
      hub.later(wait, this::demandIfRoom);
    } else {
      demandIfRoom();
    }
  }

  private void demandIfRoom() {
    synchronized (acks) {
      if (acks.isFull()) {
        paused = true;
        return;
      }
    }
    demand();
  }

  private void demand() {
    final Session open = session;
    if (open != null && open.isOpen()) {
      open.demand();
    }
  }

  private void refuse(String why) {
    hub.refused(this, why);
    if (++malformed >= MAX_MALFORMED) {
      close(StatusCode.POLICY_VIOLATION, "too many messages could not be read");
    }
  }

  /// A foreign agent does not know the question and is not asked.
  void askInterval(SampleInterval interval) {
    if (!foreign) {
      send(OpampMessages.telemetry(uid, TelemetryChannel.INTERVAL, interval.encode()));
    }
  }

  /// Whether the other end is not an agent of ours; known from the first message on.
  boolean isForeign() {
    return foreign;
  }

  /// Asks the other end whether it lives; [#hasAnsweredPing] tells.
  void ping() {
    answeredPing = false;
    knock();
  }

  /// Sends a ping; a foreign agent counts as seen when it answers.
  void knock() {
    final Session open = session;
    if (open != null && open.isOpen()) {
      open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  boolean hasAnsweredPing() {
    return answeredPing;
  }

  void close(int code, String reason) {
    final Session open = session;
    if (open != null && open.isOpen()) {
      open.close(code, reason, Callback.NOOP);
    }
  }

  // A client that does not read what it is sent ends up here with a full queue.
  private void send(ByteBuffer message) {
    final Session open = session;
    if (open != null && open.isOpen()) {
      open.sendBinary(message, Callback.from(() -> {}, failed -> open.disconnect()));
    }
  }
}
