package dev.bulkhead.server.telemetry.questdb;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Writes numbered samples for ever and says which are acknowledged, until it is killed. Number _n_
/// has the time `base + n` milliseconds, so that a number that is sent again is the same sample.
///
/// Arguments: directory, base in milliseconds, first number.
final class NumberedWriter {
  static final UUID TENANT = new UUID(1, 1);
  static final UUID HOST = new UUID(2, 2);
  static final Series SERIES = new Series("a.number", "1", Map.of());
  static final int BATCH = 25;

  private NumberedWriter() {}

  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    var base = Long.parseLong(arguments[1]);
    var next = Long.parseLong(arguments[2]);
    var inFlight = new Semaphore(8);
    var store =
        QuestDbStore.open(QuestDbSettings.of(directory).withMinimumFree(0), InstantSource.system());
    System.out.println("open");
    while (true) {
      inFlight.acquire();
      var last = next + BATCH - 1;
      var _ =
          store
              .append(TENANT, HOST, batch(base, next))
              .whenComplete(
                  (_, failure) -> {
                    inFlight.release();
                    System.out.println(failure == null ? "ack " + last : "failed " + failure);
                  });
      next = last + 1;
    }
  }

  private static Batch batch(long base, long first) {
    var samples = new ArrayList<Sample>(BATCH);
    for (var number = first; number < first + BATCH; number++) {
      samples.add(new Sample(SERIES, (base + number) * 1000, number));
    }
    return new Batch(samples);
  }
}
