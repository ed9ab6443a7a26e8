package dev.bulkhead.server.link;

import dev.bulkhead.server.fleet.HostKey;

/// Where telemetry goes that hosts send; the store provides it. Both methods are called by many
/// threads at once, for one host in the order in which it sent, and must not wait for the disk.
public interface TelemetryInbox {

  /// Takes an OTLP `ExportMetricsServiceRequest`; exactly one call of the receipt follows, from any
  /// thread.
  ///
  /// @param otlp protobuf, at most 1 MiB; the receiver's to keep
  void metrics(HostKey host, byte[] otlp, Receipt receipt);

  /// Takes a report of the top processes, which replaces the host's one before.
  ///
  /// @param json UTF-8, at most 64 KiB, not checked
  void processes(HostKey host, byte[] json);

  /// What became of one message. A second call changes nothing.
  @FunctionalInterface
  interface Receipt {
    void settle(Outcome outcome);
  }

  /// What became of one message.
  enum Outcome {
    /// On the disk: the host may forget it.
    DURABLE,
    /// No metrics, and never will be: the host may forget it, and is on the record for it.
    MALFORMED,
    /// Not now: the host is sent away and comes back with it.
    UNAVAILABLE
  }
}
