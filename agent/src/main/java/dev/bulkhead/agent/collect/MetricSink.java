package dev.bulkhead.agent.collect;

/// Where collectors put what they read. Values of one metric come one after the other where that is
/// possible, which keeps the encoded sample small.
public interface MetricSink {

  /// One value. What is not a finite number is not a value and is dropped by the receiver.
  void add(Metric metric, Attributes attributes, double value);
}
