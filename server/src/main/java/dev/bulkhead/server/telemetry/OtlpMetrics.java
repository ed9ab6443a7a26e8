package dev.bulkhead.server.telemetry;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads OTLP metrics: gauges and sums of numbers become samples; whatever else a request holds is
/// counted and left out. Resource attributes are not read: which host it is, the link knows.
/// Thread-safe.
///
/// Source: opentelemetry-proto, `collector/metrics/v1/metrics_service.proto`.
public final class OtlpMetrics {
  /// The largest request, in bytes.
  public static final int MAX_BYTES = 1 << 20;

  // A request nests eight messages deep before attribute values begin to nest.
  private static final int MAX_DEPTH = 16;
  private static final int INTERNED_SERIES = 20_000;
  // A point and its attributes, with room for names and units.
  private static final int MAX_PARTS = 8 * Batch.MAX_SAMPLES;

  private final InstantSource clock;
  private final SeriesInterner interner = new SeriesInterner(INTERNED_SERIES);

  public OtlpMetrics(InstantSource clock) {
    this.clock = clock;
  }

  /// What a request held.
  ///
  /// @param dropped what was left out, by cause; causes without any are absent
  public record Decoded(Batch batch, Map<Drop, Integer> dropped) {
    public Decoded {
      dropped = Map.copyOf(dropped);
    }
  }

  /// Why something was left out.
  public enum Drop {
    /// A histogram, exponential histogram or summary, counted by data point, or an empty metric.
    KIND,
    /// A name, unit or attribute outside the limits of [Series].
    NAME,
    /// Not a number, infinite, or absent.
    VALUE,
    /// Older than [TelemetryStore#MAX_AGE], or ahead by more than [TelemetryStore#MAX_AHEAD].
    TIME
  }

  /// A request that is refused as a whole.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    Refused(String code, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.code = code;
    }

    /// Stable: `otlp_too_large`, `otlp_too_many_points` or `otlp_malformed`.
    public String code() {
      return code;
    }
  }

  /// Decodes one `ExportMetricsServiceRequest`.
  public Decoded decode(byte[] request) throws Refused {
    if (request.length > MAX_BYTES) {
      throw new Refused("otlp_too_large", "more than " + MAX_BYTES + " bytes", null);
    }
    var reading = new Reading();
    for (var resource : parse(request).getResourceMetricsList()) {
      for (var scope : resource.getScopeMetricsList()) {
        for (var metric : scope.getMetricsList()) {
          reading.take(metric);
        }
      }
    }
    return new Decoded(new Batch(reading.samples), reading.dropped);
  }

  private static ExportMetricsServiceRequest parse(byte[] request) throws Refused {
    try {
      if (!OtlpParts.areAtMost(MAX_PARTS, request)) {
        throw new Refused("otlp_too_many_points", "more than " + MAX_PARTS + " parts", null);
      }
      var input = CodedInputStream.newInstance(request);
      input.setRecursionLimit(MAX_DEPTH);
      var message = ExportMetricsServiceRequest.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } catch (IOException failure) {
      throw new Refused("otlp_malformed", "not an OTLP metrics request", failure);
    }
  }

  /// One request being read.
  private final class Reading {
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Drop, Integer> dropped = new HashMap<>();
    private final long oldest =
        ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(TelemetryStore.MAX_AGE));
    private final long newest =
        ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().plus(TelemetryStore.MAX_AHEAD));
    private int points;

    void take(Metric metric) throws Refused {
      switch (metric.getDataCase()) {
        case GAUGE -> take(metric, metric.getGauge().getDataPointsList());
        case SUM -> take(metric, metric.getSum().getDataPointsList());
        case HISTOGRAM -> leaveOut(metric.getHistogram().getDataPointsCount());
        case EXPONENTIAL_HISTOGRAM ->
            leaveOut(metric.getExponentialHistogram().getDataPointsCount());
        case SUMMARY -> leaveOut(metric.getSummary().getDataPointsCount());
        case DATA_NOT_SET -> leaveOut(1);
      }
    }

    private void take(Metric metric, List<NumberDataPoint> dataPoints) throws Refused {
      count(dataPoints.size());
      for (var point : dataPoints) {
        var micros = Long.divideUnsigned(point.getTimeUnixNano(), 1000);
        var value =
            switch (point.getValueCase()) {
              case AS_DOUBLE -> point.getAsDouble();
              case AS_INT -> (double) point.getAsInt();
              case VALUE_NOT_SET -> Double.NaN;
            };
        if (!Double.isFinite(value)) {
          drop(Drop.VALUE, 1);
        } else if (micros < oldest || micros > newest) {
          drop(Drop.TIME, 1);
        } else {
          var series = series(metric, point);
          if (series == null) {
            drop(Drop.NAME, 1);
          } else {
            samples.add(new Sample(series, micros, value));
          }
        }
      }
    }

    private void leaveOut(int dataPoints) throws Refused {
      count(dataPoints);
      drop(Drop.KIND, Math.max(1, dataPoints));
    }

    private void count(int more) throws Refused {
      points += more;
      if (points > Batch.MAX_SAMPLES) {
        throw new Refused(
            "otlp_too_many_points", "more than " + Batch.MAX_SAMPLES + " data points", null);
      }
    }

    private void drop(Drop cause, int number) {
      dropped.merge(cause, number, Integer::sum);
    }

    private @Nullable Series series(Metric metric, NumberDataPoint point) {
      if (point.getAttributesCount() > Series.MAX_ATTRIBUTES) {
        return null;
      }
      var attributes = HashMap.<String, String>newHashMap(point.getAttributesCount());
      for (var attribute : point.getAttributesList()) {
        var value = text(attribute);
        if (value == null || attributes.put(attribute.getKey(), value) != null) {
          return null;
        }
      }
      return interner.find(metric.getName(), metric.getUnit(), attributes);
    }
  }

  private static @Nullable String text(KeyValue attribute) {
    AnyValue value = attribute.getValue();
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> null;
    };
  }
}
