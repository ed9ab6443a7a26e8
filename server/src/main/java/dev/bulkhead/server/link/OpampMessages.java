package dev.bulkhead.server.link;

import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import dev.bulkhead.server.fleet.HostDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okio.ByteString;
import opamp.proto.AgentDescription;
import opamp.proto.AgentToServer;
import opamp.proto.CustomCapabilities;
import opamp.proto.CustomMessage;
import opamp.proto.KeyValue;
import opamp.proto.ServerCapabilities;
import opamp.proto.ServerToAgent;
import opamp.proto.ServerToAgentFlags;
import org.jspecify.annotations.Nullable;

/// OpAMP messages as they travel in a WebSocket's: one zero byte, then protobuf.
final class OpampMessages {
  private static final byte HEADER = 0;

  private OpampMessages() {}

  /// Reads a message of an agent's; empty when it is none.
  static Optional<AgentToServer> decode(byte[] bytes) {
    if (bytes.length < 1 || bytes[0] != HEADER) {
      return Optional.empty();
    }
    try {
      return Optional.of(AgentToServer.ADAPTER.decode(ByteString.of(bytes, 1, bytes.length - 1)));
    } catch (IOException | RuntimeException malformed) {
      // Wire throws unchecked ones for some malformed input; all of it came from outside.
      return Optional.empty();
    }
  }

  static ByteString uid(UUID host) {
    return ByteString.of(
        ByteBuffer.allocate(16)
            .putLong(host.getMostSignificantBits())
            .putLong(host.getLeastSignificantBits())
            .array());
  }

  /// The first answer on a link: what this server takes, and whether it wants to hear everything.
  static ByteBuffer welcome(ByteString uid, boolean wantsFullState) {
    return encode(
        new ServerToAgent.Builder()
            .instance_uid(uid)
            .capabilities(
                ServerCapabilities.ServerCapabilities_AcceptsStatus.getValue()
                    | ServerCapabilities.ServerCapabilities_AcceptsEffectiveConfig.getValue())
            .flags(
                wantsFullState
                    ? ServerToAgentFlags.ServerToAgentFlags_ReportFullState.getValue()
                    : 0)
            .custom_capabilities(
                new CustomCapabilities.Builder()
                    .capabilities(List.of(TelemetryChannel.CAPABILITY))
                    .build()));
  }

  static ByteBuffer telemetry(ByteString uid, String type, byte[] data) {
    return encode(
        new ServerToAgent.Builder()
            .instance_uid(uid)
            .custom_message(
                new CustomMessage.Builder()
                    .capability(TelemetryChannel.CAPABILITY)
                    .type(type)
                    .data(ByteString.of(data))
                    .build()));
  }

  /// @param bootedAt kept from before: the message does not say
  static HostDescription describe(AgentDescription description, @Nullable Instant bootedAt) {
    final Map<String, String> attributes = new HashMap<>();
    description.non_identifying_attributes.forEach(pair -> put(attributes, pair));
    description.identifying_attributes.forEach(pair -> put(attributes, pair));
    final String os = attributes.getOrDefault("os.description", "");
    return new HostDescription(
        attributes.getOrDefault("host.name", ""),
        os.isEmpty() ? attributes.getOrDefault("os.type", "") : os,
        attributes.getOrDefault("os.build_id", ""),
        attributes.getOrDefault("host.arch", ""),
        attributes.getOrDefault("service.version", ""),
        bootedAt);
  }

  private static void put(Map<String, String> attributes, KeyValue pair) {
    final String text = pair.value == null ? null : pair.value.string_value;
    if (text != null) {
      attributes.put(pair.key, text);
    }
  }

  private static ByteBuffer encode(ServerToAgent.Builder message) {
    final byte[] body = message.build().encode();
    return ByteBuffer.allocate(1 + body.length).put(HEADER).put(body).flip();
  }
}
