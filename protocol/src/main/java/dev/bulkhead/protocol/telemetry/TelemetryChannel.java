package dev.bulkhead.protocol.telemetry;

/// The OpAMP custom capability under which telemetry travels, and its messages' types.
public final class TelemetryChannel {

  /// Announced by both sides.
  public static final String CAPABILITY = "dev.bulkhead.telemetry/1";

  /// Agent to server: [MetricsHeader], then an OTLP `ExportMetricsServiceRequest`.
  public static final String METRICS = "metrics";

  /// Agent to server: UTF-8 JSON, the top processes; the newest replaces the one before.
  public static final String PROCESSES = "processes";

  /// Server to agent: [Ack].
  public static final String ACK = "ack";

  /// Server to agent: [SampleInterval].
  public static final String INTERVAL = "interval";

  /// Longest payload of a custom message, in bytes.
  public static final int MAX_DATA = 1024 * 1024;

  /// Where the agent opens its WebSocket.
  public static final String PATH = "/v1/opamp";

  private TelemetryChannel() {}
}
