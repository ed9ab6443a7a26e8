package dev.bulkhead.server.telemetry.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.telemetry.Batch;
import dev.bulkhead.server.telemetry.HandClock;
import dev.bulkhead.server.telemetry.HostFigures;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.telemetry.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFiguresTest {
  private static final UUID TENANT = new UUID(1, 1);
  private static final UUID HOST = new UUID(2, 2);
  private static final Series CPU = new Series("system.cpu.utilization", "1", Map.of());

  @TempDir private Path directory;
  private final HandClock clock = new HandClock(Instant.now().truncatedTo(ChronoUnit.MINUTES));
  private QuestDbStore store;

  @BeforeEach
  void open() {
    store = QuestDbStore.open(QuestDbSettings.of(directory).withMinimumFree(0), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void takesTheNewest_andFoldsWhatBelongsTogether() {
    var figures = new HostFigures(store, clock);

    figures.observe(
        TENANT,
        HOST,
        new Batch(
            List.of(
                sample(CPU, 0.5),
                sample(new Series(CPU.metric(), "1", Map.of("cpu.logical_number", "0")), 0.9),
                sample(disk("/"), 0.3),
                sample(disk("/var"), 0.8),
                sample(network("eth0", "receive"), 100),
                sample(network("eth1", "receive"), 20),
                sample(network("lo", "receive"), 999),
                sample(network("eth0", "transmit"), 7))));

    var found = figures.find(TENANT, HOST).orElseThrow();
    assertThat(found.cpu()).isEqualTo(0.5);
    assertThat(found.memory()).isNull();
    assertThat(found.disk()).isEqualTo(0.8);
    assertThat(found.networkReceive()).isEqualTo(120);
    assertThat(found.networkTransmit()).isEqualTo(7);
    assertThat(found.cpuSpark()).containsExactly(0.5);
    assertThat(figures.find(new UUID(1, 9), HOST)).isEmpty();
  }

  @Test
  void readsSparklinesFromTheStore_afterAStart() throws Exception {
    for (var minute = 0; minute < 3; minute++) {
      store.append(TENANT, HOST, new Batch(List.of(sample(CPU, minute)))).get();
      clock.advance(Duration.ofMinutes(1));
    }
    await().until(() -> store.engine().isApplied(Schema.SAMPLES));

    var figures = new HostFigures(store, clock);

    assertThat(figures.find(TENANT, HOST).orElseThrow().cpuSpark())
        .containsExactly(0.0, 1.0, 2.0, null);
    assertThat(figures.list(TENANT)).containsOnlyKeys(HOST);
    assertThat(figures.list(new UUID(1, 9))).isEmpty();
  }

  private static Series disk(String mountPoint) {
    return new Series(
        "system.filesystem.utilization", "1", Map.of("system.filesystem.mountpoint", mountPoint));
  }

  private static Series network(String name, String direction) {
    return new Series(
        "bulkhead.network.io.rate",
        "By/s",
        Map.of("network.interface.name", name, "network.io.direction", direction));
  }

  private Sample sample(Series series, double value) {
    return new Sample(series, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), value);
  }
}
