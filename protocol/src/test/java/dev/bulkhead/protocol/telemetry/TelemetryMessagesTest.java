package dev.bulkhead.protocol.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TelemetryMessagesTest {

  @Test
  void parseHeader_returnsWhatWasWritten() {
    ByteBuffer out = ByteBuffer.allocate(20);
    MetricsHeader header = new MetricsHeader(0x0102030405060708L, -1);

    header.writeTo(out);

    assertThat(out.position()).isEqualTo(MetricsHeader.LENGTH);
    assertThat(out.array()).startsWith(1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xff);
    assertThat(MetricsHeader.parse(out.array())).contains(header);
  }

  @Test
  void parseHeader_isEmpty_whenShortOrWithoutSequence() {
    assertThat(MetricsHeader.parse(new byte[15])).isEmpty();
    assertThat(MetricsHeader.parse(new byte[16])).isEmpty();
  }

  @Test
  void parseAck_returnsWhatWasEncoded() {
    Ack ack = new Ack(Long.MIN_VALUE, 42);

    assertThat(Ack.parse(ack.encode())).contains(ack);
    assertThat(Ack.parse(new byte[17])).isEmpty();
    assertThat(Ack.parse(new Ack(1, -1).encode())).isEmpty();
  }

  @Test
  void parseInterval_knowsTwoValuesOnly() {
    assertThat(SampleInterval.FAST.encode()).containsExactly(0, 0, 0x03, 0xe8);
    assertThat(SampleInterval.parse(SampleInterval.FAST.encode())).contains(SampleInterval.FAST);
    assertThat(SampleInterval.parse(SampleInterval.NORMAL.encode()))
        .contains(SampleInterval.NORMAL);
    assertThat(SampleInterval.parse(new byte[] {0, 0, 0, 1})).isEmpty();
    assertThat(SampleInterval.parse(new byte[0])).isEmpty();
  }
}
