package dev.bulkhead.agent.opamp;

import dev.bulkhead.agent.protobuf.ProtobufWriter;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import java.nio.ByteBuffer;
import java.util.UUID;

/// Encodes `AgentToServer` messages, each with the zero byte that begins one on a WebSocket.
///
/// Field numbers are those of the OpAMP specification's `opamp.proto`. Messages are numbered in the
/// order in which they are made, so they must be sent in that order. Not thread-safe.
public final class OpampEncoder {

  // ReportsStatus, ReportsHealth, ReportsHeartbeat: this agent accepts nothing.
  private static final long CAPABILITIES = 0x1 | 0x800 | 0x2000;
  private static final byte[] WEBSOCKET_HEADER = {0};
  private static final byte[] EMPTY = {};

  private final ProtobufWriter out = new ProtobufWriter(16 * 1024);
  private final byte[] instanceUid;
  private final AgentDescription description;
  private final long startNanos;
  private long sequence;

  /// An encoder for one connection.
  ///
  /// @param hostId becomes the instance uid
  /// @param startMillis when the agent started, since 1970
  public OpampEncoder(UUID hostId, AgentDescription description, long startMillis) {
    this.instanceUid =
        ByteBuffer.allocate(16)
            .putLong(hostId.getMostSignificantBits())
            .putLong(hostId.getLeastSignificantBits())
            .array();
    this.description = description;
    this.startNanos = startMillis * 1_000_000;
  }

  /// Everything about the agent: its first message, and whenever the server asks for it.
  public byte[] encodeStatus(String healthStatus, boolean healthy) {
    out.reset();
    int custom = out.mark();
    out.string(1, TelemetryChannel.CAPABILITY);
    out.message(12, custom);
    writeHealth(healthStatus, healthy);
    out.uint(4, CAPABILITIES);
    writeDescription();
    return finish();
  }

  /// A sign of life when there is nothing else to say.
  public byte[] encodeHeartbeat() {
    out.reset();
    out.uint(4, CAPABILITIES);
    return finish();
  }

  /// The last message before a clean end.
  public byte[] encodeDisconnect() {
    out.reset();
    out.bytes(9, EMPTY);
    return finish();
  }

  /// A custom message of the telemetry capability.
  ///
  /// @param head goes before `body`; may be empty
  public byte[] encodeTelemetry(String type, byte[] head, byte[] body) {
    out.reset();
    int content = out.mark();
    out.raw(body, 0, body.length);
    out.raw(head, 0, head.length);
    out.message(3, content);
    out.string(2, type);
    out.string(1, TelemetryChannel.CAPABILITY);
    out.message(13, 0);
    return finish();
  }

  private byte[] finish() {
    sequence++;
    out.uint(2, sequence);
    out.bytes(1, instanceUid);
    out.raw(WEBSOCKET_HEADER, 0, 1);
    return out.toByteArray();
  }

  private void writeHealth(String status, boolean healthy) {
    int health = out.mark();
    out.string(4, status);
    out.fixed64(2, startNanos);
    out.uint(1, healthy ? 1 : 0);
    out.message(5, health);
  }

  private void writeDescription() {
    int mark = out.mark();
    attribute(2, "host.arch", description.architecture());
    attribute(2, "os.build_id", description.kernel());
    attribute(2, "os.description", description.osDescription());
    attribute(2, "os.type", description.osType());
    attribute(2, "host.name", description.hostName());
    attribute(1, "service.version", description.version());
    attribute(1, "service.name", AgentDescription.SERVICE_NAME);
    out.message(3, mark);
  }

  private void attribute(int field, String key, String text) {
    int pair = out.mark();
    int value = out.mark();
    out.string(1, text);
    out.message(2, value);
    out.string(1, key);
    out.message(field, pair);
  }
}
