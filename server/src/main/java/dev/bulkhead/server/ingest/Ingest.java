package dev.bulkhead.server.ingest;

import dev.bulkhead.server.fleet.HostCounters;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.ProcessReports;
import dev.bulkhead.server.link.TelemetryInbox;
import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.HostFigures;
import dev.bulkhead.server.telemetry.LiveSamples;
import dev.bulkhead.server.telemetry.OtlpMetrics;
import dev.bulkhead.server.telemetry.TelemetryStore;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What hosts send: decoded, shown live, kept durably, and only then acknowledged. Thread-safe.
@Component
final class Ingest implements TelemetryInbox {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final long MICROS_PER_MILLI = 1_000;
  // Back-fill after an outage is history: it belongs into the store and not onto a live chart.
  private static final Duration LIVE = Duration.ofMinutes(1);

  private final OtlpMetrics otlp;
  private final TelemetryStore store;
  private final HostFigures figures;
  private final LiveSamples live;
  private final ProcessReports processes;
  private final HostCounters counters;
  private final Clock clock;

  Ingest(
      OtlpMetrics otlp,
      TelemetryStore store,
      HostFigures figures,
      LiveSamples live,
      ProcessReports processes,
      HostCounters counters,
      Clock clock) {
    this.otlp = otlp;
    this.store = store;
    this.figures = figures;
    this.live = live;
    this.processes = processes;
    this.counters = counters;
    this.clock = clock;
  }

  @Override
  public void metrics(HostKey host, byte[] request, Receipt receipt) {
    final OtlpMetrics.Decoded decoded;
    try {
      decoded = otlp.decode(request);
    } catch (OtlpMetrics.Refused refused) {
      LOG.atWarn()
          .setMessage("metrics refused")
          .addKeyValue("host", host.host())
          .addKeyValue("reason", refused.code())
          .log();
      receipt.settle(Outcome.MALFORMED);
      return;
    }
    final Batch batch = decoded.batch();
    if (!decoded.dropped().isEmpty()) {
      counters.samplesLeftOut(
          host, decoded.dropped().values().stream().mapToInt(Integer::intValue).sum());
    }
    figures.observe(host.tenant(), host.host(), batch);
    if (isLive(batch)) {
      live.publish(host.tenant(), host.host(), batch);
    }
    final var _ =
        store
            .append(host.tenant(), host.host(), batch)
            .whenComplete((stored, failure) -> settle(host, receipt, failure));
  }

  @Override
  public void processes(HostKey host, byte[] json) {
    if (!processes.accept(host, json)) {
      counters.messageRefused(host);
    }
  }

  private boolean isLive(Batch batch) {
    final long oldest = clock.instant().minus(LIVE).toEpochMilli() * MICROS_PER_MILLI;
    return !batch.samples().isEmpty() && batch.samples().getLast().epochMicros() >= oldest;
  }

  private static void settle(HostKey host, Receipt receipt, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.atWarn()
          .setMessage("metrics not kept yet")
          .addKeyValue("host", host.host())
          .addKeyValue("reason", failure.getMessage())
          .log();
    }
    receipt.settle(failure == null ? Outcome.DURABLE : Outcome.UNAVAILABLE);
  }
}
