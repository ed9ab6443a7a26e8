package dev.bulkhead.server.link;

import dev.bulkhead.protocol.telemetry.MetricsHeader;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okio.ByteString;
import opamp.proto.AgentDescription;
import opamp.proto.AgentDisconnect;
import opamp.proto.AgentToServer;
import opamp.proto.AnyValue;
import opamp.proto.CustomMessage;
import opamp.proto.KeyValue;
import opamp.proto.ServerToAgent;
import org.jspecify.annotations.Nullable;

/// One OpAMP conversation from the agent's side, with everything that came kept.
final class OpampClient implements WebSocket.Listener {
  final List<ServerToAgent> received = new CopyOnWriteArrayList<>();
  volatile int closeCode = -1;
  volatile boolean ended;
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  final AtomicInteger pongs = new AtomicInteger();
  private final WebSocket socket;
  private final ByteString uid;
  private long sequence;

  private OpampClient(LinkClient client, UUID uid) throws IOException {
    this.uid = OpampMessages.uid(uid);
    socket = client.open(this);
  }

  static OpampClient open(LinkClient client, UUID uid) throws IOException {
    return new OpampClient(client, uid);
  }

  /// Connects with a host's certificate and introduces it.
  static OpampClient introduce(int port, TestHost host) throws IOException {
    final OpampClient client = open(LinkClient.of(port, host), host.key().host());
    client.introduce();
    return client;
  }

  void introduce() {
    send(
        message()
            .agent_description(
                new AgentDescription.Builder()
                    .identifying_attributes(
                        List.of(
                            attribute("service.name", "bulkhead-agent"),
                            attribute("service.version", "9.9.9")))
                    .non_identifying_attributes(
                        List.of(
                            attribute("host.name", "said-host"),
                            attribute("os.type", "linux"),
                            attribute("os.description", "Debian 13 (6.12)"),
                            attribute("host.arch", "amd64")))
                    .build()));
  }

  void heartbeat() {
    send(message());
  }

  void disconnect() {
    send(message().agent_disconnect(new AgentDisconnect.Builder().build()));
    socket.sendClose(1000, "bye").join();
  }

  void metrics(long epoch, long number, byte[] otlp) {
    final ByteBuffer data = ByteBuffer.allocate(MetricsHeader.LENGTH + otlp.length);
    new MetricsHeader(number, epoch).writeTo(data);
    data.put(otlp);
    custom(TelemetryChannel.METRICS, data.array());
  }

  void custom(String type, byte[] data) {
    send(
        message()
            .custom_message(
                new CustomMessage.Builder()
                    .capability(TelemetryChannel.CAPABILITY)
                    .type(type)
                    .data(ByteString.of(data))
                    .build()));
  }

  AgentToServer.Builder message() {
    return new AgentToServer.Builder().instance_uid(uid).sequence_num(++sequence);
  }

  void send(AgentToServer.Builder message) {
    final byte[] body = message.build().encode();
    sendRaw(ByteBuffer.allocate(1 + body.length).put((byte) 0).put(body).array());
  }

  void sendRaw(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  void sendText(String text) {
    socket.sendText(text, true).join();
  }

  /// Sends, and says whether the connection took it.
  boolean trySend(Runnable sending) {
    try {
      sending.run();
      return true;
    } catch (CompletionException closed) {
      return false;
    }
  }

  void close(int code) {
    socket.sendClose(code, "").join();
  }

  void abort() {
    socket.abort();
  }

  /// The data of every custom message of a type.
  List<byte[]> data(String type) {
    return received.stream()
        .filter(one -> one.custom_message != null && one.custom_message.type.equals(type))
        .map(one -> one.custom_message.data.toByteArray())
        .toList();
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    final byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    partial.writeBytes(bytes);
    if (last) {
      final byte[] whole = partial.toByteArray();
      partial.reset();
      try {
        received.add(ServerToAgent.ADAPTER.decode(Arrays.copyOfRange(whole, 1, whole.length)));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  /// Sends a ping; its answer is counted.
  void ping() {
    socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    pongs.incrementAndGet();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    ended = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended = true;
  }

  private static KeyValue attribute(String key, String value) {
    return new KeyValue.Builder()
        .key(key)
        .value(new AnyValue.Builder().string_value(value).build())
        .build();
  }
}
