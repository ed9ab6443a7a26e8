package dev.bulkhead.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinuxProbeTest {

  private final List<String> problems = new ArrayList<>();

  @Test
  void sample_readsThisVeryHost() {
    LinuxProbe probe = new LinuxProbe(LinuxRoots.ofHost(), (name, why) -> problems.add(name + why));
    Samples first = new Samples();
    Samples second = new Samples();

    probe.sample(0, first);
    // Until the processors have counted another tick.
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () -> {
              probe.sample(System.nanoTime(), second);
              assertThat(second.values).containsKey("system.cpu.utilization");
            });

    assertThat(first.values)
        .containsKeys("system.cpu.load_average.1m", "system.memory.utilization", "system.uptime");
    assertThat(first.values.keySet())
        .anyMatch(key -> key.startsWith("system.filesystem.utilization"));
    assertThat(probe.bootMillis()).isPositive();
    assertThat(problems).isEmpty();
  }

  @Test
  void processes_findThisVeryProcess() {
    LinuxProbe probe = new LinuxProbe(LinuxRoots.ofHost(), (name, why) -> problems.add(name + why));
    long nanos = System.nanoTime();

    ProcessReport report = probe.processes(nanos, 1_000, true).orElseThrow();

    assertThat(report.total()).isPositive();
    assertThat(report.items()).extracting(ProcessReport.Item::name).contains("java");
    assertThat(report.items()).allSatisfy(item -> assertThat(item.memoryBytes()).isNotNegative());
    assertThat(probe.processes(nanos + 1_000_000_000L, 2_000, true)).isEmpty();
    assertThat(probe.processes(nanos + 5_000_000_000L, 6_000, false)).isEmpty();
    assertThat(probe.processes(nanos + 5_000_000_000L, 6_000, true)).isPresent();
  }

  @Test
  void sample_goesOn_whenACollectorHangs_andSaysWhich() {
    CountDownLatch back = new CountDownLatch(1);
    Collector hanging = collector("hanging", () -> await(back));
    Collector after = collector("after", () -> {});
    LinuxProbe probe =
        new LinuxProbe(
            LinuxRoots.ofHost(), (name, why) -> problems.add(name), List.of(hanging, after));
    Samples first = new Samples();
    Samples second = new Samples();

    probe.sample(0, first);
    probe.sample(1_000_000_000L, second);
    back.countDown();

    assertThat(first.values).containsExactly(Map.entry("system.uptime", 1.0));
    assertThat(second.values).containsExactly(Map.entry("system.uptime", 1.0));
    assertThat(problems).containsExactly("hanging");
  }

  @Test
  void sample_goesOn_whenACollectorFails_andSaysSoOnce() {
    Collector failing =
        collector(
            "failing",
            () -> {
              throw new IllegalStateException("a defect");
            });
    Collector after = collector("after", () -> {});
    LinuxProbe probe =
        new LinuxProbe(
            LinuxRoots.ofHost(), (name, why) -> problems.add(name), List.of(failing, after));
    Samples samples = new Samples();

    probe.sample(0, samples);
    probe.sample(1_000_000_000L, samples);

    assertThat(samples.values).hasSize(1);
    assertThat(problems).containsExactly("failing");
  }

  @Test
  void processes_surviveHostileNames(@TempDir Path directory) throws IOException {
    LinuxFixture host = new LinuxFixture(directory);
    host.write("passwd", "root:x:0:0::/:/bin/sh\nbroken\nalice:x:1000:1000::/:/bin/sh\n");
    process(host, 10, "a) R (b", "R", 50, 100, 7);
    process(host, 11, "two words\n(x", "S", 10, 100, 9);
    host.write("proc/12/stat", "12 (short");
    host.write("proc/13/stat", "");
    host.write("proc/14/stat", "14 (x) S garbage garbage");
    host.write("proc/99999999999999/stat", "1 (x) S 1");
    host.write("proc/15/status", "a process that ended");
    host.write("proc/10/status", "Name:\tx\nUid:\t1000\t1000\t1000\t1000\n");
    host.write("proc/11/status", "Uid:\t4711\t0\t0\t0\n");
    host.write("proc/stat", "btime 1000\n");
    TopProcesses top = new TopProcesses(host.roots());

    top.read(0, 1_000, 1_000_000);
    process(host, 10, "a) R (b", "R", 250, 100, 7);
    ProcessReport report = top.read(2_000_000_000L, 3_000, 1_000_000);

    assertThat(report.total()).isEqualTo(2);
    ProcessReport.Item first = report.items().getFirst();
    assertThat(first.name()).isEqualTo("a) R (b");
    assertThat(first.user()).isEqualTo("alice");
    assertThat(first.cpu()).isEqualTo(1.0);
    assertThat(first.memoryBytes()).isEqualTo(7 * 4096);
    assertThat(first.startedAt()).isEqualTo(java.time.Instant.ofEpochMilli(1_001_000));
    assertThat(report.items().getLast().user()).isEqualTo("4711");
    assertThat(report.toJson())
        .startsWith("{\"at\":\"1970-01-01T00:00:03Z\",\"items\":[{\"pid\":10,");
  }

  private static void process(
      LinuxFixture host, int pid, String name, String state, long ticks, long start, long pages)
      throws IOException {
    String fields =
        " 1 1 1 0 -1 0 0 0 0 0 " + ticks + " 0 0 0 20 0 3 0 " + start + " 1000 " + pages;
    host.write("proc/" + pid + "/stat", pid + " (" + name + ") " + state + fields + " 0 0\n");
  }

  private static Collector collector(String name, Runnable work) {
    return new Collector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void collect(long nanos, MetricSink sink) {
        work.run();
        sink.add(Metric.UPTIME, Attributes.NONE, 1);
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
