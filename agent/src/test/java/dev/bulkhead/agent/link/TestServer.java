package dev.bulkhead.agent.link;

import dev.bulkhead.agent.json.Json;
import dev.bulkhead.agent.json.JsonWriter;
import dev.bulkhead.protocol.telemetry.Ack;
import dev.bulkhead.protocol.telemetry.MetricsHeader;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okio.ByteString;
import opamp.proto.AgentToServer;
import opamp.proto.CustomMessage;
import opamp.proto.ServerToAgent;

/// The server's end of the link, in a test's hands: real TLS, real HTTP, real frames.
final class TestServer implements Closeable {

  /// An answer to a POST.
  record Answer(int status, String body) {}

  final List<AgentToServer> messages = new CopyOnWriteArrayList<>();
  final Map<Long, Integer> samples = new ConcurrentHashMap<>();
  final List<Long> order = new CopyOnWriteArrayList<>();
  final List<String> paths = new CopyOnWriteArrayList<>();
  final List<Integer> closes = new CopyOnWriteArrayList<>();
  volatile boolean acknowledging = true;
  // Says a word and closes with 1013, as a server whose store takes nothing.
  volatile boolean storeRefuses;
  // Closes in the same way after each acknowledgement.
  volatile boolean closesAfterAck;
  volatile BiFunction<String, Json.Obj, Answer> posts = (path, body) -> new Answer(404, "{}");

  private final SSLServerSocket listening;
  private final List<SSLSocket> open = new CopyOnWriteArrayList<>();

  TestServer(SSLContext context, int port) throws IOException {
    listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listening.setWantClientAuth(true);
    Thread.ofVirtual().start(this::acceptAll);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        SSLSocket socket = (SSLSocket) listening.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // Closed: that is how a test ends it.
        return;
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      String request = line(in);
      String path = request.split(" ", -1)[1];
      paths.add(path);
      int length = 0;
      String key = "";
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        if (field.startsWith("Content-Length: ")) {
          length = Integer.parseInt(field.substring(16));
        } else if (field.startsWith("Sec-WebSocket-Key: ")) {
          key = field.substring(19);
        }
      }
      if (request.startsWith("POST ")) {
        byte[] body = in.readNBytes(length);
        answer(socket.getOutputStream(), path, new String(body, StandardCharsets.UTF_8));
      } else {
        upgrade(socket, in, key);
      }
    } catch (IOException _) {
      // The agent, or the test, has ended the connection.
      open.remove(socket);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private void answer(OutputStream out, String path, String body) throws IOException {
    Answer answer = posts.apply(path, (Json.Obj) Json.parse(body));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + answer.status()
            + " x\r\nDate: Fri, 20 Nov 2026 12:00:00 GMT\r\n"
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  private void upgrade(SSLSocket socket, DataInputStream in, String key) throws IOException {
    OutputStream out = socket.getOutputStream();
    try {
      socket.getSession().getPeerCertificates();
    } catch (SSLPeerUnverifiedException _) {
      out.write("HTTP/1.1 401 x\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return;
    }
    String head =
        "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + WebSocket.accept(key)
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    while (receiveFrame(in, socket)) {
      // Until the agent closes.
      Thread.onSpinWait();
    }
  }

  private boolean receiveFrame(DataInputStream in, SSLSocket socket) throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i & 3];
    }
    if (opcode == 8) {
      closes.add(((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
      sendFrame(socket, 8, payload);
      return false;
    }
    if (opcode == 2) {
      if (storeRefuses) {
        send(socket, TelemetryChannel.INTERVAL, SampleInterval.FAST.encode());
        return tryAgainLater(socket);
      }
      int before = order.size();
      receive(AgentToServer.ADAPTER.decode(Arrays.copyOfRange(payload, 1, length)), socket);
      if (closesAfterAck && order.size() > before) {
        return tryAgainLater(socket);
      }
    }
    return true;
  }

  private static boolean tryAgainLater(SSLSocket socket) throws IOException {
    sendFrame(socket, 8, new byte[] {(byte) (1013 >> 8), (byte) 1013});
    return false;
  }

  private void receive(AgentToServer message, SSLSocket socket) throws IOException {
    messages.add(message);
    CustomMessage custom = message.custom_message;
    if (custom == null || !custom.type.equals(TelemetryChannel.METRICS)) {
      return;
    }
    MetricsHeader header = MetricsHeader.parse(custom.data.toByteArray()).orElseThrow();
    if (acknowledging) {
      samples.merge(header.sequence(), 1, Integer::sum);
      order.add(header.sequence());
      Ack ack = new Ack(header.epoch(), header.sequence());
      send(socket, TelemetryChannel.ACK, ack.encode());
    }
  }

  private static void send(SSLSocket socket, String type, byte[] data) throws IOException {
    CustomMessage custom =
        new CustomMessage.Builder()
            .capability(TelemetryChannel.CAPABILITY)
            .type(type)
            .data(ByteString.of(data))
            .build();
    sendMessage(socket, new ServerToAgent.Builder().custom_message(custom).build());
  }

  private static void sendMessage(SSLSocket socket, ServerToAgent message) throws IOException {
    byte[] encoded = message.encode();
    byte[] payload = new byte[encoded.length + 1];
    System.arraycopy(encoded, 0, payload, 1, encoded.length);
    sendFrame(socket, 2, payload);
  }

  private static void sendFrame(SSLSocket socket, int opcode, byte[] payload) throws IOException {
    byte[] frame = new byte[payload.length + 4];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = 126;
    frame[2] = (byte) (payload.length >> 8);
    frame[3] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 4, payload.length);
    // Control frames must not use the long form.
    byte[] whole = opcode == 8 ? shorten(frame) : frame;
    synchronized (socket) {
      socket.getOutputStream().write(whole);
      socket.getOutputStream().flush();
    }
  }

  private static byte[] shorten(byte[] frame) {
    byte[] shorter = new byte[frame.length - 2];
    shorter[0] = frame[0];
    shorter[1] = frame[3];
    System.arraycopy(frame, 4, shorter, 2, frame.length - 4);
    return shorter;
  }

  /// Says something to every agent that is connected.
  void sendToAll(ServerToAgent message) {
    for (SSLSocket socket : open) {
      try {
        sendMessage(socket, message);
      } catch (IOException _) {
        // That agent has gone; the others are meant too.
      }
    }
  }

  void sendToAll(String type, byte[] data) {
    CustomMessage custom =
        new CustomMessage.Builder()
            .capability(TelemetryChannel.CAPABILITY)
            .type(type)
            .data(ByteString.of(data))
            .build();
    sendToAll(new ServerToAgent.Builder().custom_message(custom).build());
  }

  /// The answer that lets a host in, or lets it go on.
  static Answer grant(TestAuthority authority, Json.Obj request, String tenant, String hostId) {
    try {
      byte[] csr = Base64.getDecoder().decode(request.getString("csr"));
      var key = new org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest(csr).getPublicKey();
      var certificate =
          authority.signHost(key, java.time.Instant.now(), java.time.Duration.ofHours(24));
      String body =
          new JsonWriter()
              .beginObject()
              .member("hostId", hostId)
              .member("tenant", tenant)
              .member("certificate", TestAuthority.pem(certificate))
              .member("authority", TestAuthority.pem(authority.certificate))
              .member("notAfter", certificate.getNotAfter().toInstant().toString())
              .member("serverTime", java.time.Instant.now().toString())
              .endObject()
              .toString();
      return new Answer(200, body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (SSLSocket socket : open) {
      socket.close();
    }
  }
}
