package dev.bulkhead.agent.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.agent.protobuf.ProtobufFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import okio.ByteString;
import opamp.proto.AgentConfigMap;
import opamp.proto.AgentIdentification;
import opamp.proto.AgentRemoteConfig;
import opamp.proto.AgentToServer;
import opamp.proto.CommandType;
import opamp.proto.ConnectionSettingsOffers;
import opamp.proto.KeyValue;
import opamp.proto.PackagesAvailable;
import opamp.proto.ServerErrorResponse;
import opamp.proto.ServerToAgent;
import opamp.proto.ServerToAgentCommand;
import org.junit.jupiter.api.Test;

class OpampTest {

  private static final UUID HOST = UUID.fromString("0192f0c1-a2b3-7c4d-8e5f-60718293a4b5");

  private final OpampEncoder encoder =
      new OpampEncoder(
          HOST,
          new AgentDescription("höst", "linux", "Debian 12", "6.1.0", "amd64", "0.1.0"),
          1_700_000_000_000L);

  @Test
  void encodeStatus_isWhatTheRealLibraryReads() throws IOException {
    AgentToServer message = decode(encoder.encodeStatus("monitor", true));

    assertThat(message.instance_uid.hex()).isEqualTo(HOST.toString().replace("-", ""));
    assertThat(message.sequence_num).isEqualTo(1);
    assertThat(message.capabilities).isEqualTo(0x1 | 0x800 | 0x2000);
    assertThat(message.health.healthy).isTrue();
    assertThat(message.health.status).isEqualTo("monitor");
    assertThat(message.health.start_time_unix_nano).isEqualTo(1_700_000_000_000_000_000L);
    assertThat(message.custom_capabilities.capabilities)
        .containsExactly("dev.bulkhead.telemetry/1");
    assertThat(attributes(message.agent_description.identifying_attributes))
        .isEqualTo(Map.of("service.name", "bulkhead-agent", "service.version", "0.1.0"));
    assertThat(attributes(message.agent_description.non_identifying_attributes))
        .containsEntry("host.name", "höst")
        .containsEntry("os.type", "linux")
        .containsEntry("os.description", "Debian 12")
        .containsEntry("os.build_id", "6.1.0")
        .containsEntry("host.arch", "amd64");
  }

  @Test
  void encodeTelemetry_putsHeadBeforeBody() throws IOException {
    byte[] body = new byte[70_000];
    new Random(1).nextBytes(body);

    AgentToServer message = decode(encoder.encodeTelemetry("metrics", new byte[] {1, 2}, body));

    assertThat(message.custom_message.capability).isEqualTo("dev.bulkhead.telemetry/1");
    assertThat(message.custom_message.type).isEqualTo("metrics");
    byte[] data = message.custom_message.data.toByteArray();
    assertThat(Arrays.copyOf(data, 2)).containsExactly(1, 2);
    assertThat(Arrays.copyOfRange(data, 2, data.length)).isEqualTo(body);
  }

  @Test
  void encode_numbersMessagesInOrder() throws IOException {
    assertThat(decode(encoder.encodeHeartbeat()).sequence_num).isEqualTo(1);
    AgentToServer last = decode(encoder.encodeDisconnect());

    assertThat(last.sequence_num).isEqualTo(2);
    assertThat(last.agent_disconnect).isNotNull();
  }

  @Test
  void decode_takesCustomMessages_errorsAndFlags() throws IOException {
    ServerToAgent message =
        new ServerToAgent.Builder()
            .instance_uid(ByteString.of((byte) 1))
            .flags(1)
            .error_response(new ServerErrorResponse.Builder().error_message("no").build())
            .custom_message(
                new opamp.proto.CustomMessage.Builder()
                    .capability("c")
                    .type("ack")
                    .data(ByteString.encodeUtf8("data"))
                    .build())
            .build();

    ServerMessage decoded = decodeServer(message.encode());

    assertThat(decoded.reportFullState()).isTrue();
    assertThat(decoded.error()).isEqualTo("no");
    assertThat(decoded.ignored()).isZero();
    CustomMessage custom = decoded.customMessages().getFirst();
    assertThat(custom.capability() + custom.type()).isEqualTo("cack");
    assertThat(custom.data()).isEqualTo("data".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void decode_takesNothingThatCommandsOrMovesTheAgent() throws IOException {
    ServerToAgent message =
        new ServerToAgent.Builder()
            .command(
                new ServerToAgentCommand.Builder().type(CommandType.CommandType_Restart).build())
            .remote_config(
                new AgentRemoteConfig.Builder()
                    .config(new AgentConfigMap.Builder().build())
                    .build())
            .packages_available(new PackagesAvailable.Builder().build())
            .connection_settings(new ConnectionSettingsOffers.Builder().build())
            .agent_identification(
                new AgentIdentification.Builder().new_instance_uid(ByteString.of((byte) 9)).build())
            .build();

    ServerMessage decoded = decodeServer(message.encode());

    assertThat(decoded.ignored()).isEqualTo(5);
    assertThat(decoded.customMessages()).isEmpty();
  }

  @Test
  void decode_neverThrowsAnythingElse_forGarbage() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        assertThat(decodeServer(bytes).customMessages()).as("seed %d", seed).isNotNull();
      } catch (ProtobufFormatException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static ServerMessage decodeServer(byte[] bytes) throws ProtobufFormatException {
    return ServerMessage.decode(bytes, 0, bytes.length);
  }

  private static AgentToServer decode(byte[] message) throws IOException {
    assertThat(message[0]).isZero();
    return AgentToServer.ADAPTER.decode(Arrays.copyOfRange(message, 1, message.length));
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    return pairs.stream().collect(Collectors.toMap(p -> p.key, p -> p.value.string_value));
  }
}
