package dev.bulkhead.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitsTest {
  private static final Rate TEN_A_MINUTE = Rate.perMinute(10);

  private final HandClocks clocks = new HandClocks();

  @TempDir private Path directory;

  @Test
  @Tag("CG-C105")
  void take_moreThanAllowed_isRefused_untilTimeHasPassed() {
    try (Limits limits = open(64)) {
      assertThat(taken(limits, "somebody", 11)).isEqualTo(10);
      assertThat(limits.take("requests", "somebody", TEN_A_MINUTE))
          .isEqualTo(new Verdict.Refused(Duration.ofSeconds(6)));
      assertThat(taken(limits, "another", 1)).isEqualTo(1);

      clocks.pass(Duration.ofSeconds(6));

      assertThat(taken(limits, "somebody", 2)).isEqualTo(1);
      clocks.pass(Duration.ofHours(5));
      assertThat(taken(limits, "somebody", 20)).isEqualTo(10);
    }
  }

  @Test
  void take_ofSeveral_isAllOrNothing() {
    try (Limits limits = open(64)) {
      assertThat(limits.take("bytes", "somebody", TEN_A_MINUTE, 8)).isEqualTo(new Verdict.Taken());
      assertThat(limits.take("bytes", "somebody", TEN_A_MINUTE, 3))
          .isInstanceOf(Verdict.Refused.class);
      assertThat(limits.take("bytes", "somebody", TEN_A_MINUTE, 2)).isEqualTo(new Verdict.Taken());
      assertThat(limits.take("bytes", "somebody", TEN_A_MINUTE, 11))
          .isEqualTo(new Verdict.TooMuch());
    }
  }

  @Test
  void charge_takesWhatIsThere_andLeavesNoDebt() {
    try (Limits limits = open(64)) {
      limits.charge("requests", "somebody", TEN_A_MINUTE, 4);
      assertThat(taken(limits, "somebody", 10)).isEqualTo(6);

      limits.charge("requests", "somebody", TEN_A_MINUTE, 1_000);
      clocks.pass(Duration.ofSeconds(6));

      assertThat(taken(limits, "somebody", 2)).isEqualTo(1);
    }
  }

  @Test
  void giveBack_isAsIfItHadNotBeenTaken_andNeverMore() {
    try (Limits limits = open(64)) {
      taken(limits, "somebody", 10);

      limits.giveBack("requests", "somebody", TEN_A_MINUTE);
      limits.giveBack("requests", "another", TEN_A_MINUTE);

      assertThat(taken(limits, "somebody", 5)).isEqualTo(1);
      assertThat(taken(limits, "another", 20)).isEqualTo(10);
      clocks.pass(Duration.ofHours(1));
      limits.giveBack("requests", "somebody", TEN_A_MINUTE);
      assertThat(taken(limits, "somebody", 20)).isEqualTo(10);
    }
  }

  @Test
  void reopening_refillsNothing_butWhatTimeBrings() {
    for (int reload = 0; reload < 10; reload++) {
      try (Limits limits = open(64)) {
        assertThat(taken(limits, "somebody", 11)).isEqualTo(reload == 0 ? 10 : 0);
      }
    }
    clocks.pass(Duration.ofSeconds(12));
    try (Limits limits = open(64)) {
      assertThat(taken(limits, "somebody", 11)).isEqualTo(2);
    }
  }

  @Test
  void stepsOfTheWallClock_refillNothing() {
    try (Limits limits = open(64)) {
      taken(limits, "somebody", 10);
      clocks.step(Duration.ofDays(3));
      assertThat(taken(limits, "somebody", 1)).isZero();
    }
    clocks.step(Duration.ofDays(3));
    try (Limits limits = open(64)) {
      assertThat(taken(limits, "somebody", 1)).isZero();
    }
    clocks.reboot();
    clocks.step(Duration.ofDays(-9));
    try (Limits limits = open(64)) {
      assertThat(taken(limits, "somebody", 1)).isZero();
      clocks.pass(Duration.ofSeconds(6));
      assertThat(taken(limits, "somebody", 2)).isEqualTo(1);
    }
  }

  @Test
  void reboot_countsTheTimeThatTheMachineWasOff() {
    try (Limits limits = open(64)) {
      taken(limits, "somebody", 10);
    }
    clocks.pass(Duration.ofSeconds(30));
    clocks.reboot();
    try (Limits limits = open(64)) {
      assertThat(taken(limits, "somebody", 11)).isEqualTo(5);
    }
  }

  @Test
  @Tag("CG-C105")
  void kill9_refillsNothing() throws IOException, InterruptedException {
    final Path file = directory.resolve("limits");
    final Process drain =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Drain.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = drain.inputReader()) {
      assertThat(out.readLine()).isEqualTo("1000");
    } finally {
      drain.destroyForcibly().waitFor();
    }

    try (Limits limits = Limits.open(file)) {
      assertThat(limits.take("requests", "somebody", Drain.RATE))
          .isInstanceOf(Verdict.Refused.class);
      assertThat(limits.take("requests", "another", Drain.RATE)).isEqualTo(new Verdict.Taken());
    }
  }

  @Test
  void manyThreads_takeNoMoreThanThereIs() throws Exception {
    try (Limits limits = open(64);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      final Callable<Integer> taker =
          () -> {
            int taken = 0;
            for (int i = 0; i < 100; i++) {
              taken += taken(limits, "somebody", 1);
            }
            return taken;
          };
      int all = 0;
      for (Future<Integer> one :
          threads.invokeAll(IntStream.range(0, 32).mapToObj(_ -> taker).toList())) {
        all += one.get();
      }
      assertThat(all).isEqualTo(10);
    }
  }

  @Test
  void moreKeysThanPlaces_makeItStricter_neverLaxer() {
    final Random random = seeded();
    final Map<Integer, Deque<Long>> granted = new HashMap<>();
    try (Limits limits = open(8)) {
      for (int i = 0; i < 50_000; i++) {
        final int key = random.nextInt(40);
        if (taken(limits, "key-" + key, 1) == 1) {
          final Deque<Long> times = granted.computeIfAbsent(key, _ -> new ArrayDeque<>());
          times.addLast(clocks.nanos());
          // Eleven grants must span at least the time in which one comes back.
          if (times.size() > 10) {
            assertThat(clocks.nanos() - times.removeFirst())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(6).toNanos());
          }
        }
        clocks.pass(Duration.ofMillis(random.nextInt(200)));
      }
      assertThat(granted).hasSizeGreaterThan(30);
    }
  }

  @Test
  void takes_withRestartsAndSteps_followTheModel() {
    final Random random = seeded();
    final Map<Integer, Bucket> model = new HashMap<>();
    Limits limits = open(1024);
    for (int i = 0; i < 20_000; i++) {
      final int key = random.nextInt(5);
      final long amount = random.nextLong(1, 5);
      final boolean expected =
          model.computeIfAbsent(key, _ -> new Bucket(clocks.nanos())).take(amount, clocks.nanos());

      assertThat(
              limits.take("requests", "key-" + key, TEN_A_MINUTE, amount) instanceof Verdict.Taken)
          .as("take %d", i)
          .isEqualTo(expected);
      clocks.pass(Duration.ofMillis(random.nextInt(3_000)));
      switch (random.nextInt(50)) {
        case 0 -> {
          limits.close();
          limits = open(1024);
        }
        case 1 -> clocks.step(Duration.ofSeconds(random.nextInt(200_000) - 100_000));
        default -> {
          // Nothing but time.
        }
      }
    }
    limits.close();
  }

  /// A bucket of ten that fills by one in six seconds, in the plainest form.
  private static final class Bucket {
    private static final long EACH = Duration.ofSeconds(6).toNanos();
    private long content = 10 * EACH;
    private long last;

    Bucket(long now) {
      last = now;
    }

    boolean take(long amount, long now) {
      content = Math.min(10 * EACH, content + now - last);
      last = now;
      if (content < amount * EACH) {
        return false;
      }
      content -= amount * EACH;
      return true;
    }
  }

  @Test
  void file_isItsOwnersAlone_andHeldByOneProgram() throws IOException {
    try (Limits _ = open(64)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> open(64))
          .isInstanceOf(LimitsFileException.class)
          .hasMessageContaining("another program holds it");
    }
  }

  @Test
  void file_thatIsDamaged_isNotTakenForAnEmptyOne() throws IOException {
    for (byte[] content : List.of(new byte[0], new byte[100], new byte[10_000])) {
      Files.write(file(), content);
      assertThatThrownBy(() -> open(64))
          .isInstanceOf(LimitsFileException.class)
          .hasMessageContaining("move it away");
    }
  }

  private Limits open(int slots) {
    return Limits.open(file(), slots, clocks);
  }

  private Path file() {
    return directory.resolve("limits");
  }

  private static int taken(Limits limits, String key, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      if (limits.take("requests", key, TEN_A_MINUTE) instanceof Verdict.Taken) {
        taken++;
      }
    }
    return taken;
  }

  private static Random seeded() {
    final long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    return new Random(seed);
  }
}
