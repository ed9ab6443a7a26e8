package dev.bulkhead.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.agent.collect.MountTable.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileSystemCollectorTest {

  private static final String MOUNTS =
      """
      22 27 0:21 / /proc rw,relatime - proc proc rw
      27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,discard
      30 27 254:0 /var/lib /srv/bind rw - ext4 /dev/vda rw
      31 27 254:16 / /mnt/with\\040blank rw shared:3 - xfs /dev/vdb rw
      32 27 0:40 / /mnt/nfs rw - nfs4 server:/export rw
      33 27 0:41 / /run tmpfs rw - tmpfs tmpfs rw
      34 27 0:42 / /var/lib/docker/overlay2/x rw - overlay overlay rw
      35 27
      """;

  @TempDir Path directory;

  @Test
  void readMounts_keepsOnePerDevice_andNoPseudoFileSystems() {
    ByteScanner scanner = new ByteScanner();
    byte[] bytes = MOUNTS.getBytes(StandardCharsets.UTF_8);
    scanner.reset(bytes, bytes.length);

    assertThat(MountTable.read(scanner))
        .containsExactly(
            new Mount("/dev/vda", "/", "ext4"),
            new Mount("/dev/vdb", "/mnt/with blank", "xfs"),
            new Mount("server:/export", "/mnt/nfs", "nfs4"));
  }

  @Test
  void collect_reportsUsedFreeAndReserved() throws IOException {
    LinuxFixture host = new LinuxFixture(directory).write("proc/self/mountinfo", MOUNTS);
    FileSystemCollector collector =
        new FileSystemCollector(
            host.roots(), mount -> mount.equals("/") ? new long[] {100, 40, 30} : new long[3]);

    Samples samples = Samples.of(collector, 0);

    assertThat(samples.values)
        .containsExactly(
            Map.entry("system.filesystem.usage /dev/vda / ext4 used", 60.0),
            Map.entry("system.filesystem.usage /dev/vda / ext4 free", 30.0),
            Map.entry("system.filesystem.usage /dev/vda / ext4 reserved", 10.0),
            Map.entry("system.filesystem.utilization /", 60.0 / 90.0));
  }

  @Test
  void collect_goesOn_whenAMountHangs_andTakesItBackWhenItAnswers() throws IOException {
    LinuxFixture host = new LinuxFixture(directory).write("proc/self/mountinfo", MOUNTS);
    CountDownLatch serverIsBack = new CountDownLatch(1);
    FileSystemCollector collector =
        new FileSystemCollector(
            host.roots(),
            mount -> {
              if (mount.equals("/mnt/nfs")) {
                awaitQuietly(serverIsBack);
              }
              return new long[] {100, 40, 40};
            });

    Samples hanging = Samples.of(collector, 0);
    Samples stillHanging = Samples.of(collector, 10);
    serverIsBack.countDown();

    assertThat(hanging.values).hasSize(2 * 4).containsKey("system.filesystem.utilization /");
    assertThat(stillHanging.values).hasSize(2 * 4);
    Awaitility.await()
        .untilAsserted(() -> assertThat(Samples.of(collector, 20).values).hasSize(3 * 4));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
