package dev.bulkhead.agent.collect;

import java.util.Arrays;

/// Values between the collectors' thread and the sampler's. What a collector reported counts once
/// it has come to its end, so that one that hangs leaves nothing half done behind.
final class SampleBuffer implements MetricSink {

  private Metric[] metrics = new Metric[256];
  private Attributes[] attributes = new Attributes[256];
  private double[] values = new double[256];
  private int size;
  private volatile int committed;

  @Override
  public void add(Metric metric, Attributes series, double value) {
    if (size == values.length) {
      metrics = Arrays.copyOf(metrics, size * 2);
      attributes = Arrays.copyOf(attributes, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    metrics[size] = metric;
    attributes[size] = series;
    values[size] = value;
    size++;
  }

  void commit() {
    committed = size;
  }

  void clear() {
    size = 0;
    committed = 0;
  }

  void drainTo(MetricSink sink) {
    int count = committed;
    for (int i = 0; i < count; i++) {
      sink.add(metrics[i], attributes[i], values[i]);
    }
  }
}
