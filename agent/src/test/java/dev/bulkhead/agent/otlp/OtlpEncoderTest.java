package dev.bulkhead.agent.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.bulkhead.agent.collect.Attributes;
import dev.bulkhead.agent.collect.Metric;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtlpEncoderTest {

  private static final List<Metric> METRICS = List.of(Metric.values());

  private final OtlpEncoder encoder = new OtlpEncoder("0192-id", "höst");

  @Test
  void finish_isWhatTheRealLibraryReads() throws InvalidProtocolBufferException {
    encoder.begin(1_700_000_000_123L, 1_600_000_000_000L);
    encoder.add(Metric.CPU_UTILIZATION, Attributes.NONE, 0.25);
    encoder.add(Metric.CPU_UTILIZATION, Attributes.ofCpu(300), 1);
    encoder.add(Metric.NETWORK_IO, Attributes.of("network.interface.name", "eth0"), 1e15);

    ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(encoder.finish());

    assertThat(attributes(request.getResourceMetrics(0).getResource().getAttributesList()))
        .isEqualTo(
            Map.of("host.id", "0192-id", "host.name", "höst", "service.name", "bulkhead-agent"));
    ScopeMetrics scope = request.getResourceMetrics(0).getScopeMetrics(0);
    assertThat(scope.getScope().getName()).isEqualTo("dev.bulkhead.agent");
    assertThat(scope.getMetricsCount()).isEqualTo(2);
    var sum = scope.getMetrics(0);
    assertThat(sum.getName()).isEqualTo("system.network.io");
    assertThat(sum.getUnit()).isEqualTo("By");
    assertThat(sum.getSum().getIsMonotonic()).isTrue();
    assertThat(sum.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    NumberDataPoint total = sum.getSum().getDataPoints(0);
    assertThat(total.getAsDouble()).isEqualTo(1e15);
    assertThat(total.getStartTimeUnixNano()).isEqualTo(1_600_000_000_000_000_000L);
    assertThat(attributes(total.getAttributesList()))
        .isEqualTo(Map.of("network.interface.name", "eth0"));
    var gauge = scope.getMetrics(1);
    assertThat(gauge.getName()).isEqualTo("system.cpu.utilization");
    NumberDataPoint cpu = gauge.getGauge().getDataPoints(0);
    assertThat(cpu.getAttributes(0).getValue().getIntValue()).isEqualTo(300);
    assertThat(cpu.getTimeUnixNano()).isEqualTo(1_700_000_000_123_000_000L);
    assertThat(gauge.getGauge().getDataPoints(1).getAsDouble()).isEqualTo(0.25);
  }

  @Test
  void add_dropsWhatIsNoNumber() throws InvalidProtocolBufferException {
    encoder.begin(1, 0);
    encoder.add(Metric.UPTIME, Attributes.NONE, Double.NaN);
    encoder.add(Metric.UPTIME, Attributes.NONE, Double.POSITIVE_INFINITY);

    assertThat(encoder.values()).isZero();
    assertThat(
            ExportMetricsServiceRequest.parseFrom(encoder.finish())
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsCount())
        .isZero();
  }

  @Test
  void finish_holdsEveryValue_forSamplesOfAnySize() throws InvalidProtocolBufferException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int count = random.nextInt(2000);
      encoder.begin(round, 0);
      for (int i = 0; i < count; i++) {
        Metric metric = METRICS.get(random.nextInt(METRICS.size()));
        encoder.add(metric, Attributes.of("k", "v".repeat(random.nextInt(200))), i);
      }

      var scope =
          ExportMetricsServiceRequest.parseFrom(encoder.finish())
              .getResourceMetrics(0)
              .getScopeMetrics(0);

      int points =
          scope.getMetricsList().stream()
              .mapToInt(m -> m.getGauge().getDataPointsCount() + m.getSum().getDataPointsCount())
              .sum();
      assertThat(points).as("seed %d", seed).isEqualTo(count);
    }
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue().getStringValue()));
    return map;
  }
}
