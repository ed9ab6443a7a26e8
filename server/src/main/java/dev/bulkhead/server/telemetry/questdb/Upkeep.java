package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.TelemetryFailure;
import io.questdb.cairo.CairoError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Notices what the engine does not put right by itself: a log that it stopped applying, usually
/// for want of room, is resumed when there is room.
final class Upkeep implements Runnable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Engine engine;
  private final FreeSpace space;
  private volatile List<String> troubles = List.of();

  Upkeep(Engine engine, FreeSpace space) {
    this.engine = engine;
    this.space = space;
  }

  List<String> troubles() {
    return troubles;
  }

  @Override
  public void run() {
    var found = new ArrayList<String>();
    try {
      var enough = space.isEnough();
      if (!enough) {
        found.add("the disk of the telemetry store is full");
        // The engine's own jobs write too, and may have left damaged writers in its pool.
        engine.closeIdleWriters();
      }
      Stream.of(Schema.SAMPLES, Schema.CATALOGUE)
          .filter(engine::isSuspended)
          .forEach(table -> resume("TABLE", table, enough, found));
      Schema.VIEWS.stream()
          .filter(engine::isSuspended)
          .forEach(view -> resume("MATERIALIZED VIEW", view, enough, found));
      engine.select(
          "SELECT view_name, invalidation_reason FROM materialized_views() WHERE view_status = 'invalid'",
          List.of(),
          row -> found.add("roll-up %s stopped: %s".formatted(row.getStrA(0), row.getStrA(1))));
    } catch (RuntimeException | CairoError failure) {
      // Called by the writer's thread, which must not end for a failed look.
      found.add(String.valueOf(failure.getMessage()));
    }
    troubles = List.copyOf(found);
  }

  private void resume(String kind, String name, boolean enough, List<String> found) {
    found.add("%s was suspended".formatted(name));
    if (enough) {
      engine.execute("ALTER %s %s RESUME WAL".formatted(kind, name));
    }
  }

  /// Waits until what was committed to a table can be read; not for a table that waits for room.
  void awaitApplied(String table) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!engine.isApplied(table)) {
      if (engine.isSuspended(table)) {
        run();
        if (!space.isEnough()) {
          return;
        }
      }
      if (System.nanoTime() - until > 0) {
        throw new TelemetryFailure.Broken("the log of " + table + " is not applied", null);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
