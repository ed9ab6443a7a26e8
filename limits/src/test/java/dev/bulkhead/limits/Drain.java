package dev.bulkhead.limits;

import java.nio.file.Path;
import java.time.Duration;

/// Takes everything there is and then does nothing, to be killed.
final class Drain {
  static final Rate RATE = new Rate(1_000, Duration.ofHours(10));

  private Drain() {}

  public static void main(String[] arguments) throws InterruptedException {
    final Limits limits = Limits.open(Path.of(arguments[0]));
    int taken = 0;
    while (limits.take("requests", "somebody", RATE) instanceof Verdict.Taken) {
      taken++;
    }
    System.out.println(taken);
    Thread.currentThread().join();
  }
}
