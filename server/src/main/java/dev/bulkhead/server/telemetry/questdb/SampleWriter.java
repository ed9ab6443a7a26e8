package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Receipt;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.TelemetryStore;
import io.questdb.cairo.wal.WalWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Puts groups of batches into the log of the raw table, one commit a group. After a failure it
/// starts over with a fresh log, so that nothing of a failed group stays behind in the writer. Used
/// by one thread.
final class SampleWriter implements AutoCloseable {
  private final Engine engine;
  private final SeriesCatalogue catalogue;
  private final InstantSource clock;
  private final LongAdder refusedSeries = new LongAdder();
  private final LongAdder refusedTime = new LongAdder();
  private @Nullable WalWriter log;

  SampleWriter(Engine engine, SeriesCatalogue catalogue, InstantSource clock) {
    this.engine = engine;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  long refusedSeries() {
    return refusedSeries.sum();
  }

  long refusedTime() {
    return refusedTime.sum();
  }

  /// Commits the group; when this returns it survives a power cut. Throws what the engine throws.
  List<Receipt> commit(List<Pending> group) {
    var whole = false;
    try {
      var rows = open();
      var receipts = new ArrayList<Receipt>(group.size());
      for (var pending : group) {
        receipts.add(write(pending, rows));
      }
      // The catalogue first: a sample whose series is unknown could not be found again.
      commitCatalogue();
      rows.commit();
      whole = true;
      receipts.forEach(this::count);
      return receipts;
    } finally {
      if (!whole) {
        abandon();
      }
    }
  }

  private WalWriter open() {
    if (log == null) {
      log = engine.writer(Schema.SAMPLES);
    }
    return log;
  }

  private Receipt write(Pending pending, WalWriter rows) {
    var now = clock.instant();
    var oldest = Micros.of(now.minus(TelemetryStore.MAX_AGE));
    var newest = Micros.of(now.plus(TelemetryStore.MAX_AHEAD));
    var tenant = pending.host().tenant().toString();
    var host = pending.host().host().toString();
    var stored = 0;
    var wrongTime = 0;
    var wrongSeries = 0;
    for (var sample : pending.batch().samples()) {
      if (sample.epochMicros() < oldest || sample.epochMicros() > newest) {
        wrongTime++;
      } else if (!catalogue.admit(pending.host(), sample.series(), now)) {
        wrongSeries++;
      } else {
        append(rows, tenant, host, sample);
        stored++;
      }
    }
    return new Receipt(stored, wrongSeries, wrongTime);
  }

  private static void append(WalWriter rows, String tenant, String host, Sample sample) {
    var row = rows.newRow(sample.epochMicros());
    row.putSym(1, tenant);
    row.putSym(2, host);
    row.putSym(3, sample.series().key());
    row.putDouble(4, sample.value());
    row.append();
  }

  private void commitCatalogue() {
    if (!catalogue.hasUnwritten()) {
      return;
    }
    try (var sightings = engine.writer(Schema.CATALOGUE)) {
      catalogue.writeTo(sightings);
      sightings.commit();
    }
    catalogue.written();
  }

  private void count(Receipt receipt) {
    refusedSeries.add(receipt.refusedSeries());
    refusedTime.add(receipt.refusedTime());
  }

  // A writer whose file could not grow has lost its memory, and the engine's pool would hand it out
  // again: writing to it ends the process. So no writer stays in the pool after a failure.
  private void abandon() {
    var failed = log;
    log = null;
    try {
      if (failed != null) {
        failed.close();
      }
    } finally {
      engine.closeIdleWriters();
    }
  }

  @Override
  public void close() {
    abandon();
  }
}
