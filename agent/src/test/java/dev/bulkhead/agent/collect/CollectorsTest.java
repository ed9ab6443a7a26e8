package dev.bulkhead.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorsTest {

  @TempDir Path directory;
  private LinuxFixture host;

  @BeforeEach
  void createHost() {
    host = new LinuxFixture(directory);
  }

  @Test
  void collectCpu_isTheShareSinceTheSampleBefore() throws IOException {
    host.write("proc/stat", "cpu  100 0 100 800 0 0 0 0\ncpu0 50 0 50 400 0 0 0 0\nintr 1 2\n");
    CpuCollector cpu = new CpuCollector(host.roots());

    Samples first = Samples.of(cpu, 0);
    host.write("proc/stat", "cpu  130 0 120 840 10 0 0 0\ncpu0 50 0 50 500 0 0 0 0\nintr 1 2\n");
    Samples second = Samples.of(cpu, 1);

    assertThat(first.values).isEmpty();
    assertThat(second.values)
        .containsExactly(
            Map.entry("system.cpu.utilization", 0.5), Map.entry("system.cpu.utilization 0", 0.0));
  }

  @Test
  void collectCpu_survivesCpusThatComeAndGo_andCountersThatGoBack() throws IOException {
    host.write("proc/stat", "cpu  10 0 10 80\ncpu0 1 1 1 1\ncpu999 1 1 1 1\n");
    CpuCollector cpu = new CpuCollector(host.roots());
    Samples.of(cpu, 0);

    host.write("proc/stat", "cpu  5 0 5 40\ncpu999 3 1 1 1\ncpu99999999999 1 1 1 1\ncpu1\n");
    Samples samples = Samples.of(cpu, 1);

    assertThat(samples.values).containsExactly(Map.entry("system.cpu.utilization 999", 1.0));
  }

  @Test
  void collectLoad_readsThreeAverages_andUptime() throws IOException {
    host.write("proc/loadavg", "0.52 1.25 12.00 2/345 6789\n").write("proc/uptime", "3601.25 7\n");

    Samples samples = Samples.of(new LoadCollector(host.roots()), 0);

    assertThat(samples.values.get("system.cpu.load_average.1m")).isCloseTo(0.52, within(1e-9));
    assertThat(samples.values.get("system.cpu.load_average.15m")).isEqualTo(12.0);
    assertThat(samples.values.get("system.uptime")).isCloseTo(3601.25, within(1e-9));
  }

  @Test
  void collectMemory_countsWhatIsAvailable() throws IOException {
    host.write(
        "proc/meminfo",
        """
        MemTotal:       1000 kB
        MemFree:         100 kB
        MemAvailable:    600 kB
        Buffers:          50 kB
        Cached:          300 kB
        SwapCached:        9 kB
        SReclaimable:     50 kB
        SwapTotal:       200 kB
        SwapFree:        150 kB
        """);

    Samples samples = Samples.of(new MemoryCollector(host.roots()), 0);

    assertThat(samples.values)
        .containsEntry("system.memory.usage used", 500 * 1024.0)
        .containsEntry("system.memory.usage cached", 350 * 1024.0)
        .containsEntry("system.memory.limit", 1000 * 1024.0)
        .containsEntry("system.memory.utilization", 0.4)
        .containsEntry("system.paging.usage used", 50 * 1024.0);
  }

  @Test
  void collectDisk_countsWholeDevicesOnly() throws IOException {
    host.write("sys/block/sda/device/model", "disk");
    host.write("proc/diskstats", diskstats(100, 200));
    DiskCollector disk = new DiskCollector(host.roots());

    Samples first = Samples.of(disk, 0);
    host.write("proc/diskstats", diskstats(300, 200));
    Samples second = Samples.of(disk, 2);

    assertThat(first.values)
        .containsExactly(
            Map.entry("system.disk.io sda read", 100 * 512.0),
            Map.entry("system.disk.io sda write", 200 * 512.0));
    assertThat(second.values)
        .containsEntry("bulkhead.disk.io.rate sda read", 100 * 512.0)
        .containsEntry("bulkhead.disk.io.rate sda write", 0.0);
  }

  private static String diskstats(long read, long written) {
    String figures = " 1 2 " + read + " 4 5 6 " + written + " 8 9 10 11\n";
    return "   8 0 sda" + figures + "   8 1 sda1" + figures + "   7 0 loop0" + figures;
  }

  @Test
  void collectNetwork_givesNothing_whenACounterGoesBack() throws IOException {
    NetworkCollector network = new NetworkCollector(host.roots());
    host.write("proc/net/dev", networkDevices(1000, 500));
    Samples.of(network, 0);

    host.write("proc/net/dev", networkDevices(3000, 1500));
    Samples grown = Samples.of(network, 2);
    host.write("proc/net/dev", networkDevices(10, 20));
    Samples reset = Samples.of(network, 3);
    host.write("proc/net/dev", networkDevices(110, 20));
    Samples after = Samples.of(network, 4);

    assertThat(grown.values)
        .containsOnly(
            Map.entry("bulkhead.network.io.rate eth0 receive", 1000.0),
            Map.entry("bulkhead.network.io.rate eth0 transmit", 500.0),
            Map.entry("system.network.io eth0 receive", 3000.0),
            Map.entry("system.network.io eth0 transmit", 1500.0));
    assertThat(reset.values).isEmpty();
    assertThat(after.values).containsEntry("bulkhead.network.io.rate eth0 receive", 100.0);
  }

  private static String networkDevices(long received, long transmitted) {
    return "Inter-|   Receive  |  Transmit\n face |bytes packets|bytes packets\n"
        + "    lo:  99 1 0 0 0 0 0 0 99 1 0 0 0 0 0 0\n"
        + "  ifb0:   0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
        + "eth0:"
        + received
        + " 1 0 0 0 0 0 0 "
        + transmitted
        + " 1 0 0 0 0 0 0\n"
        + "veth1: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0\n";
  }

  @Test
  void collectTemperature_readsSensors_andLeavesOutNonsense() throws IOException {
    host.write("sys/class/hwmon/hwmon0/name", "coretemp\n")
        .write("sys/class/hwmon/hwmon0/temp1_input", "45500\n")
        .write("sys/class/hwmon/hwmon0/temp1_label", "Core 0\n")
        .write("sys/class/hwmon/hwmon0/temp2_input", "-128000\n")
        .write("sys/class/hwmon/hwmon0/temp3_input", "NaN\n")
        .write("sys/class/thermal/thermal_zone0/temp", "30000\n");

    Samples samples = Samples.of(new TemperatureCollector(host.roots()), 0);

    assertThat(samples.values)
        .containsExactly(Map.entry("hw.temperature hwmon0/temp1 coretemp Core 0", 45.5));
  }

  @Test
  void collectTemperature_fallsBackToThermalZones_andToNothing() throws IOException {
    assertThat(Samples.of(new TemperatureCollector(host.roots()), 0).values).isEmpty();

    host.write("sys/class/thermal/thermal_zone0/temp", "30000\n")
        .write("sys/class/thermal/thermal_zone0/type", "acpitz\n");

    assertThat(Samples.of(new TemperatureCollector(host.roots()), 0).values)
        .containsExactly(Map.entry("hw.temperature thermal_zone0 acpitz", 30.0));
  }

  @Test
  void collect_neverThrowsAnythingButIoExceptions_forGarbage() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] files = {
      "proc/stat", "proc/meminfo", "proc/diskstats", "proc/net/dev", "proc/loadavg", "proc/uptime"
    };
    Collector[] collectors = {
      new CpuCollector(host.roots()),
      new MemoryCollector(host.roots()),
      new DiskCollector(host.roots()),
      new NetworkCollector(host.roots()),
      new LoadCollector(host.roots()),
    };
    for (int round = 0; round < 200; round++) {
      for (String file : files) {
        host.write(file, garbage(random));
      }
      for (Collector collector : collectors) {
        assertThat(Samples.of(collector, round).values.values())
            .as("seed %d", seed)
            .allSatisfy(value -> assertThat(value).isNotNegative().isLessThan(1e22));
      }
    }
  }

  private static String garbage(Random random) {
    String[] words = {
      "cpu",
      "cpu0",
      " ",
      " ",
      " ",
      "\n",
      "99999999999999999999999",
      "18446744073709551615",
      "0",
      "1",
      "12",
      "MemTotal:",
      "MemFree:",
      "eth0:",
      ":",
      "sda",
      "\u0000",
      "ä",
      "(",
      "\t"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(120); i > 0; i--) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  @Test
  void collect_saysSo_whenTheFileIsMissing_andComesBackWithIt() throws IOException {
    LoadCollector load = new LoadCollector(host.roots());

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Samples.of(load, 0));
    host.write("proc/loadavg", "1 1 1\n").write("proc/uptime", "1 1\n");

    assertThat(Samples.of(load, 1).values).hasSize(4);
  }
}
