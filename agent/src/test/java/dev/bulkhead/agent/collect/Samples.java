package dev.bulkhead.agent.collect;

import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers what a collector reported, by metric and attribute values.
final class Samples implements MetricSink {

  final Map<String, Double> values = new LinkedHashMap<>();

  @Override
  public void add(Metric metric, Attributes attributes, double value) {
    // The receiver's part of the bargain: what is no number is no value.
    if (!Double.isFinite(value)) {
      return;
    }
    StringBuilder key = new StringBuilder(metric.id());
    for (int i = 0; i < attributes.size(); i++) {
      key.append(' ').append(attributes.value(i));
    }
    values.put(key.toString(), value);
  }

  static Samples of(Collector collector, long seconds) throws java.io.IOException {
    Samples samples = new Samples();
    collector.collect(seconds * 1_000_000_000L, samples);
    return samples;
  }
}
