package dev.bulkhead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebSocketTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private int alive;

  private WebSocket socket(byte[]... incoming) {
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    for (byte[] part : incoming) {
      in.writeBytes(part);
    }
    return new WebSocket(new ByteArrayInputStream(in.toByteArray()), sent, new SecureRandom());
  }

  private byte @org.jspecify.annotations.Nullable [] receive(WebSocket socket) throws IOException {
    return socket.receive(() -> alive++);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void sendBinary_masksAndFramesEveryLength() throws IOException {
    for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 200_000}) {
      byte[] message = new byte[length];
      new Random(length).nextBytes(message);
      sent.reset();

      socket().sendBinary(message);

      byte[] frame = sent.toByteArray();
      int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
      assertThat(frame).hasSize(head + 4 + length);
      assertThat(frame[0]).isEqualTo((byte) 0x82);
      assertThat(frame[1] & 0x80).isEqualTo(0x80);
      byte[] mask = Arrays.copyOfRange(frame, head, head + 4);
      byte[] unmasked = Arrays.copyOfRange(frame, head + 4, frame.length);
      for (int i = 0; i < unmasked.length; i++) {
        unmasked[i] ^= mask[i % 4];
      }
      assertThat(unmasked).isEqualTo(message);
    }
  }

  @Test
  void sendBinary_usesAnotherMaskEachTime() throws IOException {
    WebSocket socket = socket();
    socket.sendBinary(bytes(0, 0, 0, 0));
    byte[] first = sent.toByteArray();
    sent.reset();

    socket.sendBinary(bytes(0, 0, 0, 0));

    assertThat(sent.toByteArray()).isNotEqualTo(first);
  }

  @Test
  void receive_joinsFragments_andAnswersPingsBetweenThem() throws IOException {
    WebSocket socket =
        socket(bytes(0x02, 2, 1, 2), bytes(0x89, 3, 7, 8, 9), bytes(0x00, 0), bytes(0x80, 1, 3));

    assertThat(receive(socket)).containsExactly(1, 2, 3);
    assertThat(alive).isEqualTo(4);
    byte[] pong = sent.toByteArray();
    assertThat(pong[0]).isEqualTo((byte) 0x8a);
    assertThat(pong).hasSize(2 + 4 + 3);
  }

  @Test
  void receive_readsLongLengths() throws IOException {
    byte[] payload = new byte[60_000];
    new Random(3).nextBytes(payload);
    WebSocket socket =
        socket(
            bytes(0x82, 126, 60_000 >> 8, 60_000),
            payload,
            bytes(0x82, 127, 0, 0, 0, 0, 0, 0, 0, 1, 42));

    assertThat(receive(socket)).isEqualTo(payload);
    assertThat(receive(socket)).containsExactly(42);
  }

  @Test
  void receive_answersAClose_andSendsNothingAfterIt() throws IOException {
    WebSocket socket = socket(bytes(0x88, 2, 0x03, 0xe9));

    assertThat(receive(socket)).isNull();
    int length = sent.size();
    socket.sendBinary(bytes(1));

    assertThat(sent.toByteArray()[0]).isEqualTo((byte) 0x88);
    assertThat(sent.size()).isEqualTo(length);
  }

  @Test
  void receive_refusesWhatTheRfcForbids_withItsCode() {
    expectRefusal(1002, bytes(0xc2, 1, 0));
    expectRefusal(1002, bytes(0x82, 0x81, 0, 0, 0, 0, 1));
    expectRefusal(1002, bytes(0x09, 0));
    expectRefusal(1002, bytes(0x89, 126, 0, 126));
    expectRefusal(1002, bytes(0x8b, 0));
    expectRefusal(1002, bytes(0x80, 1, 0));
    expectRefusal(1002, bytes(0x02, 1, 0), bytes(0x82, 1, 0));
    expectRefusal(1002, bytes(0x88, 1, 3));
    expectRefusal(1003, bytes(0x81, 1, 'a'));
    expectRefusal(1003, bytes(0x83, 0));
  }

  @Test
  void receive_refusesMoreThan64KiB_beforeItReadsIt() {
    expectRefusal(1009, bytes(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 1));
    expectRefusal(1009, bytes(0x82, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    expectRefusal(1009, bytes(0x82, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
    byte[] half = new byte[40_000];
    byte[] head = bytes(0x02, 126, 40_000 >> 8, 40_000);
    byte[] more = bytes(0x80, 126, 40_000 >> 8, 40_000);
    expectRefusal(1009, head, half, more, half);
  }

  private void expectRefusal(int code, byte[]... incoming) {
    sent.reset();
    assertThatExceptionOfType(WebSocketException.class).isThrownBy(() -> receive(socket(incoming)));
    byte[] close = sent.toByteArray();
    assertThat(close[0]).isEqualTo((byte) 0x88);
    int high = (close[6] ^ close[2]) & 0xff;
    int low = (close[7] ^ close[3]) & 0xff;
    assertThat((high << 8) | low).isEqualTo(code);
  }

  @Test
  void receive_saysEnd_whenTheConnectionEndsWithinAFrame() {
    for (byte[] part :
        new byte[][] {bytes(), bytes(0x82), bytes(0x82, 5, 1), bytes(0x82, 126, 1)}) {
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> receive(socket(part)));
    }
  }

  @Test
  void receive_endsForAnyGarbage() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] garbage = new byte[random.nextInt(60)];
      random.nextBytes(garbage);
      WebSocket socket = socket(garbage);
      try {
        while (receive(socket) != null) {
          assertThat(alive).as("seed %d", seed).isPositive();
        }
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void upgrade_checksTheAnswer() throws IOException {
    // The example of RFC 6455, section 1.3.
    assertThat(WebSocket.accept("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    for (String answer :
        new String[] {
          "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
          "HTTP/1.1 401 Unauthorized\r\n\r\n",
          "HTTP/1.0 101 x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nbroken\r\n\r\n",
          "HTTP/1.1 101 x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
          "garbage\r\n\r\n",
          ""
        }) {
      ByteArrayInputStream in =
          new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> WebSocket.upgrade(in, sent, "host:1", "/v1/opamp", new SecureRandom()));
    }
  }

  @Test
  void readReply_isBounded_andReadsChunks() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nDate: now\r\n";
    HttpReply chunked =
        read(
            head
                + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n5;x=y\r\n\":\"b\"\r\n1\r\n}\r\n0\r\n\r\n");
    assertThat(chunked.object().findString("a")).isEqualTo("b");
    assertThat(read(head + "Content-Length: 2\r\n\r\n{}more").body()).isEqualTo("{}");
    assertThat(read("HTTP/1.1 100 Continue\r\n\r\n" + head + "\r\nrest").body()).isEqualTo("rest");
    for (String bad :
        new String[] {
          "Content-Length: 99999\r\n\r\n",
          "Content-Length: -1\r\n\r\n",
          "Content-Length: 5\r\n\r\nab",
          "Transfer-Encoding: chunked\r\n\r\nffffff\r\n",
          "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
          "\r\n" + "x".repeat(17_000)
        }) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(head + bad));
    }
  }

  private static HttpReply read(String answer) throws IOException {
    return HttpReply.read(new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
