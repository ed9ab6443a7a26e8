package dev.bulkhead.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OtlpMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final OtlpMetrics otlp = new OtlpMetrics(new HandClock(NOW));

  @Test
  void readsGaugesAndSums() throws Exception {
    var decoded =
        otlp.decode(
            request(
                gauge("system.cpu.utilization", "1", point(NOW, 0.25, "cpu.logical_number", 3)),
                Metric.newBuilder()
                    .setName("system.disk.io")
                    .setUnit("By")
                    .setSum(Sum.newBuilder().addDataPoints(intPoint(NOW, 42)))
                    .build()));

    var micros = TimeUnit.SECONDS.toMicros(NOW.getEpochSecond());
    assertThat(decoded.dropped()).isEmpty();
    assertThat(decoded.batch().samples())
        .containsExactly(
            new Sample(
                new Series("system.cpu.utilization", "1", Map.of("cpu.logical_number", "3")),
                micros,
                0.25),
            new Sample(new Series("system.disk.io", "By", Map.of()), micros, 42));
  }

  @Test
  void refusesMillionsOfEmptyParts_beforeMakingThem() {
    final byte[] empty = new byte[OtlpMetrics.MAX_BYTES];
    for (int i = 0; i < empty.length; i += 2) {
      // Field 1, of no length: a resource with nothing in it.
      empty[i] = 0x0a;
    }

    assertThatThrownBy(() -> otlp.decode(empty))
        .isInstanceOf(OtlpMetrics.Refused.class)
        .hasMessageContaining("parts");
  }

  @Test
  void countsWhatItLeavesOut() throws Exception {
    var decoded =
        otlp.decode(
            request(
                gauge(
                    "a.b",
                    "1",
                    point(NOW, Double.NaN, "k", 1),
                    point(NOW, Double.POSITIVE_INFINITY, "k", 1),
                    NumberDataPoint.newBuilder().setTimeUnixNano(nanos(NOW)).build(),
                    point(NOW.plus(Duration.ofMinutes(61)), 1, "k", 1),
                    point(NOW.minus(Duration.ofDays(8)), 1, "k", 1),
                    point(NOW, 1, "not a name", 1),
                    point(NOW, 1, "k", 1)),
                gauge("not a name", "1", point(NOW, 1, "k", 1)),
                Metric.newBuilder()
                    .setName("h")
                    .setHistogram(
                        Histogram.newBuilder()
                            .addDataPoints(HistogramDataPoint.getDefaultInstance())
                            .addDataPoints(HistogramDataPoint.getDefaultInstance()))
                    .build()));

    assertThat(decoded.batch().samples()).hasSize(1);
    assertThat(decoded.dropped())
        .isEqualTo(
            Map.of(
                OtlpMetrics.Drop.VALUE, 3,
                OtlpMetrics.Drop.TIME, 2,
                OtlpMetrics.Drop.NAME, 2,
                OtlpMetrics.Drop.KIND, 2));
  }

  @Test
  void refusesMoreThanAMebibyte() {
    assertRefused(new byte[OtlpMetrics.MAX_BYTES + 1], "otlp_too_large");
  }

  @Test
  void refusesTooManyPoints() {
    var metric = Gauge.newBuilder();
    for (var i = 0; i <= Batch.MAX_SAMPLES; i++) {
      metric.addDataPoints(NumberDataPoint.newBuilder().setAsDouble(i));
    }

    assertRefused(
        request(Metric.newBuilder().setName("m").setGauge(metric).build()), "otlp_too_many_points");
  }

  @Test
  void refusesDeepNesting() {
    var value = AnyValue.newBuilder().setIntValue(1).build();
    for (var i = 0; i < 40; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    var nested = KeyValue.newBuilder().setKey("k").setValue(value);

    assertRefused(
        request(gauge("m", "1", NumberDataPoint.newBuilder().addAttributes(nested).build())),
        "otlp_malformed");
  }

  @Test
  void neverFailsOtherwise_whateverTheBytes() throws Exception {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var honest = request(gauge("a.b", "1", point(NOW, 1, "k", 1), point(NOW, 2, "k", 2)));
    for (var i = 0; i < 20_000; i++) {
      var bytes = honest.clone();
      for (var n = 1 + random.nextInt(6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(otlp.decode(bytes).batch().samples()).hasSizeLessThan(100);
      } catch (OtlpMetrics.Refused refused) {
        assertThat(refused.code()).isEqualTo("otlp_malformed");
      }
    }
  }

  private void assertRefused(byte[] request, String code) {
    assertThatThrownBy(() -> otlp.decode(request))
        .isInstanceOfSatisfying(
            OtlpMetrics.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  static byte[] request(Metric... metrics) {
    var scope = ScopeMetrics.newBuilder();
    for (var metric : metrics) {
      scope.addMetrics(metric);
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
        .build()
        .toByteArray();
  }

  private static Metric gauge(String name, String unit, NumberDataPoint... points) {
    var gauge = Gauge.newBuilder();
    for (var point : points) {
      gauge.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setUnit(unit).setGauge(gauge).build();
  }

  private static NumberDataPoint point(Instant at, double value, String attribute, long number) {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(nanos(at))
        .setAsDouble(value)
        .addAttributes(
            KeyValue.newBuilder()
                .setKey(attribute)
                .setValue(AnyValue.newBuilder().setIntValue(number)))
        .build();
  }

  private static NumberDataPoint intPoint(Instant at, long value) {
    return NumberDataPoint.newBuilder().setTimeUnixNano(nanos(at)).setAsInt(value).build();
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond());
  }
}
