package dev.bulkhead.agent.otlp;

import dev.bulkhead.agent.collect.Attributes;
import dev.bulkhead.agent.collect.Metric;
import dev.bulkhead.agent.collect.MetricSink;
import dev.bulkhead.agent.protobuf.ProtobufWriter;
import org.jspecify.annotations.Nullable;

/// Turns one sample after the other into an OTLP `ExportMetricsServiceRequest`, reusing its buffer.
///
/// [#begin], then values through [MetricSink], then [#finish]. Field numbers are those of
/// opentelemetry-proto 1.x (`metrics.proto`, `common.proto`, `resource.proto`). Not thread-safe.
public final class OtlpEncoder implements MetricSink {

  private static final int CUMULATIVE = 2;

  private final ProtobufWriter out = new ProtobufWriter(16 * 1024);
  private final byte[] resource;
  private long timeNanos;
  private long startNanos;
  private @Nullable Metric open;
  private int mark;
  private int values;

  /// An encoder of samples of one host.
  ///
  /// @param hostId the host's id
  /// @param hostName the name that the host has for itself
  public OtlpEncoder(String hostId, String hostName) {
    ProtobufWriter writer = new ProtobufWriter(256);
    attribute(writer, 1, "service.name", "bulkhead-agent");
    attribute(writer, 1, "host.name", hostName);
    attribute(writer, 1, "host.id", hostId);
    resource = writer.toByteArray();
  }

  /// Begins a sample.
  ///
  /// @param timeMillis when it was taken, since 1970
  /// @param bootMillis since when totals count, since 1970; 0 where that is not known
  public void begin(long timeMillis, long bootMillis) {
    out.reset();
    open = null;
    values = 0;
    timeNanos = timeMillis * 1_000_000;
    startNanos = Math.min(bootMillis, timeMillis) * 1_000_000;
  }

  @Override
  public void add(Metric metric, Attributes attributes, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (metric != open) {
      close();
      open = metric;
      mark = out.mark();
    }
    int point = out.mark();
    writeAttributes(attributes);
    out.float64(4, value);
    out.fixed64(3, timeNanos);
    if (metric.kind() == Metric.Kind.SUM) {
      out.fixed64(2, startNanos);
    }
    out.message(1, point);
    values++;
  }

  /// Ends the sample and returns its bytes.
  public byte[] finish() {
    close();
    int scope = out.mark();
    out.string(1, "dev.bulkhead.agent");
    out.message(1, scope);
    out.message(2, 0);
    out.bytes(1, resource);
    out.message(1, 0);
    return out.toByteArray();
  }

  /// How many values the sample has so far.
  public int values() {
    return values;
  }

  private void close() {
    Metric metric = open;
    if (metric == null) {
      return;
    }
    boolean sum = metric.kind() == Metric.Kind.SUM;
    if (sum) {
      out.uint(3, 1);
      out.uint(2, CUMULATIVE);
    }
    out.message(sum ? 7 : 5, mark);
    out.string(3, metric.unit());
    out.string(1, metric.id());
    out.message(2, mark);
    open = null;
  }

  private void writeAttributes(Attributes attributes) {
    for (int i = attributes.size() - 1; i >= 0; i--) {
      if (attributes.isNumber()) {
        int pair = out.mark();
        int value = out.mark();
        out.uint(3, attributes.number());
        out.message(2, value);
        out.string(1, attributes.key(i));
        out.message(7, pair);
      } else {
        attribute(out, 7, attributes.key(i), attributes.value(i));
      }
    }
  }

  private static void attribute(ProtobufWriter writer, int field, String key, String text) {
    int pair = writer.mark();
    int value = writer.mark();
    writer.string(1, text);
    writer.message(2, value);
    writer.string(1, key);
    writer.message(field, pair);
  }
}
