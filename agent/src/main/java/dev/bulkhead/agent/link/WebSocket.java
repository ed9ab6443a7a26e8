package dev.bulkhead.agent.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The client's side of a WebSocket (RFC 6455): binary messages, masked with fresh random bytes.
///
/// One thread receives; any may send. A text message, a masked or oversized frame, or anything else
/// that the RFC forbids ends the connection with the RFC's code.
final class WebSocket {

  static final int NORMAL = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int TOO_BIG = 1009;
  static final int SERVICE_RESTART = 1012;

  private static final int MAX_MESSAGE = 64 * 1024;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final InputStream in;
  private final OutputStream out;
  private final SecureRandom random;
  private final ReentrantLock sending = new ReentrantLock();
  private byte[] frame = new byte[8192];
  private boolean closeSent;

  WebSocket(InputStream in, OutputStream out, SecureRandom random) {
    this.in = in;
    this.out = out;
    this.random = random;
  }

  /// Upgrades a connection.
  ///
  /// @throws WebSocketException when the server refuses; its status says how
  static WebSocket upgrade(
      InputStream in, OutputStream out, String host, String path, SecureRandom random)
      throws IOException {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + "Host: "
            + host
            + "\r\n"
            + "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Key: "
            + key
            + "\r\n"
            + "Sec-WebSocket-Version: 13\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    HttpHead head = HttpHead.read(in);
    if (head.status() != 101) {
      throw new WebSocketException("upgrade refused: status " + head.status(), head.status());
    }
    if (!head.field("upgrade").equalsIgnoreCase("websocket")
        || !head.field("sec-websocket-accept").equals(accept(key))
        || !head.field("sec-websocket-extensions").isEmpty()) {
      throw new WebSocketException("upgrade answered wrongly");
    }
    return new WebSocket(in, out, random);
  }

  static String accept(String key) {
    try {
      // SHA-1 is what the RFC says; it protects nothing here.
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
  }

  /// Sends one message.
  void sendBinary(byte[] message) throws IOException {
    send(BINARY, message);
  }

  /// Asks for a sign of life.
  void sendPing() throws IOException {
    send(PING, new byte[0]);
  }

  /// Says that this side has ended; nothing is sent after it.
  void sendClose(int code) throws IOException {
    send(CLOSE, new byte[] {(byte) (code >>> 8), (byte) code});
  }

  private void send(int opcode, byte[] payload) throws IOException {
    sending.lock();
    try {
      if (closeSent) {
        return;
      }
      closeSent = opcode == CLOSE;
      byte[] mask = new byte[4];
      random.nextBytes(mask);
      int at = writeHead(opcode, payload.length);
      System.arraycopy(mask, 0, frame, at, 4);
      at += 4;
      for (int i = 0; i < payload.length; i++) {
        frame[at + i] = (byte) (payload[i] ^ mask[i & 3]);
      }
      out.write(frame, 0, at + payload.length);
      out.flush();
    } finally {
      sending.unlock();
    }
  }

  private int writeHead(int opcode, int length) {
    if (frame.length < length + 14) {
      frame = new byte[length + 1024];
    }
    frame[0] = (byte) (0x80 | opcode);
    if (length < 126) {
      frame[1] = (byte) (0x80 | length);
      return 2;
    }
    if (length < 65_536) {
      frame[1] = (byte) (0x80 | 126);
      frame[2] = (byte) (length >>> 8);
      frame[3] = (byte) length;
      return 4;
    }
    frame[1] = (byte) (0x80 | 127);
    Arrays.fill(frame, 2, 6, (byte) 0);
    for (int i = 0; i < 4; i++) {
      frame[6 + i] = (byte) (length >>> (24 - 8 * i));
    }
    return 10;
  }

  /// Waits for the next message; answers pings meanwhile. Null when the other side has closed.
  ///
  /// @param alive is called for every frame, control frames too
  /// @throws WebSocketException when the other side breaks the rules; it has been told
  /// @throws IOException when the connection is gone
  byte @Nullable [] receive(Runnable alive) throws IOException {
    try {
      return receiveMessage(alive);
    } catch (Violation e) {
      sendClose(e.code);
      throw new WebSocketException(String.valueOf(e.getMessage()));
    }
  }

  private byte @Nullable [] receiveMessage(Runnable alive) throws IOException {
    byte[] message = new byte[0];
    boolean begun = false;
    while (true) {
      int first = readByte();
      int opcode = first & 0x0f;
      boolean last = (first & 0x80) != 0;
      byte[] payload = readPayload(first, opcode, last, message.length);
      alive.run();
      switch (opcode) {
        case PING -> send(PONG, payload);
        case PONG -> {}
        case CLOSE -> {
          answerClose(payload);
          return null;
        }
        case BINARY, CONTINUATION -> {
          if (begun == (opcode == BINARY)) {
            throw new Violation(PROTOCOL_ERROR, "a fragment out of place");
          }
          begun = true;
          message = message.length == 0 ? payload : concat(message, payload);
          if (last) {
            return message;
          }
        }
        default -> throw new Violation(UNSUPPORTED, "a message that is not binary");
      }
    }
  }

  private byte[] readPayload(int first, int opcode, boolean last, int before) throws IOException {
    int second = readByte();
    if ((first & 0x70) != 0) {
      throw new Violation(PROTOCOL_ERROR, "a reserved bit");
    }
    if ((second & 0x80) != 0) {
      throw new Violation(PROTOCOL_ERROR, "a masked frame from a server");
    }
    long length = second & 0x7f;
    boolean control = opcode >= CLOSE;
    if (control && (!last || length > 125 || opcode > PONG)) {
      throw new Violation(PROTOCOL_ERROR, "a malformed control frame");
    }
    if (length == 126) {
      length = readLength(2);
    } else if (length == 127) {
      length = readLength(8);
    }
    if (length < 0 || length > MAX_MESSAGE - before) {
      throw new Violation(TOO_BIG, "a message of more than 64 KiB");
    }
    byte[] payload = in.readNBytes((int) length);
    if (payload.length < length) {
      throw new EOFException("the connection ended within a frame");
    }
    return payload;
  }

  private void answerClose(byte[] payload) throws IOException {
    if (payload.length == 1) {
      throw new Violation(PROTOCOL_ERROR, "a malformed close");
    }
    sendClose(NORMAL);
  }

  private long readLength(int bytes) throws IOException {
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = (length << 8) | readByte();
    }
    return length;
  }

  private int readByte() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the server ended the connection");
    }
    return b;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static final class Violation extends IOException {
    private final int code;

    Violation(int code, String message) {
      super(message);
      this.code = code;
    }
  }
}
