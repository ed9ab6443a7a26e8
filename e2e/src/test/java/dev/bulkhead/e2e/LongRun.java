package dev.bulkhead.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The two sizes of a counted fault test, from one code path: short in every build, long by
/// `./bulkhead test --long NAME`. What it counted stands in `target/faults/NAME.md`, in the form in
/// which `docs/faults` keeps it.
///
/// System properties: `long` (true for the long size), `long.times` (another count), `seed`
/// (repeats a run), `commit` (for the report).
record LongRun(String name, long seed, boolean isLong) {
  static LongRun of(String name) {
    final String given = System.getProperty("seed", "");
    final long seed =
        given.isEmpty() ? RandomGenerator.getDefault().nextLong() : Long.parseLong(given);
    final LongRun run = new LongRun(name, seed, Boolean.getBoolean("long"));
    run.say("seed " + seed);
    return run;
  }

  Random random() {
    return new Random(seed);
  }

  /// How often, in this size.
  int times(int whenShort, int whenLong) {
    return isLong ? Integer.getInteger("long.times", whenLong) : whenShort;
  }

  void say(String text) {
    System.out.println(name + ": " + text);
  }

  /// Prints the counts, and keeps them.
  void report(Map<String, String> counts) {
    final StringBuilder text = new StringBuilder();
    text.append("# ").append(name).append(", ").append(isLong ? "long" : "short").append("\n\n");
    text.append("| | |\n| --- | --- |\n");
    row(text, "date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    row(text, "commit", System.getProperty("commit", "not told"));
    row(text, "seed", Long.toString(seed));
    new TreeMap<>(counts).forEach((key, value) -> row(text, key, value));
    final Path file = Path.of(Objects.requireNonNull(System.getProperty("faults")), name + ".md");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(text);
  }

  private static void row(StringBuilder text, String key, String value) {
    text.append("| ").append(key).append(" | ").append(value).append(" |\n");
  }
}
