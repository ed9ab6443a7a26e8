package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Temperatures, from `/sys/class/hwmon`, or from the thermal zones where there are no sensors.
///
/// Looks for sensors anew every five minutes: modules come and go.
final class TemperatureCollector implements Collector {

  private static final int MAX_SENSORS = 64;
  private static final long LOOK_AGAIN_NANOS = 300_000_000_000L;

  private final Path sys;
  private final ByteScanner scanner = new ByteScanner();
  private List<Sensor> sensors = List.of();
  private long lookedAt;
  private boolean looked;

  private record Sensor(ProcFile file, Attributes attributes) {}

  TemperatureCollector(LinuxRoots roots) {
    sys = roots.sys().resolve("class");
  }

  @Override
  public String name() {
    return "temperature";
  }

  @Override
  public void collect(long nanos, MetricSink sink) throws IOException {
    if (!looked || nanos - lookedAt > LOOK_AGAIN_NANOS) {
      closeAll();
      sensors = findSensors();
      looked = true;
      lookedAt = nanos;
    }
    for (Sensor sensor : sensors) {
      try {
        sensor.file().readInto(scanner);
      } catch (IOException _) {
        // A sensor that does not answer now (EAGAIN, ENODATA) is normal.
        continue;
      }
      double celsius = scanner.nextLine() ? scanner.decimal() / 1000 : Double.NaN;
      // Chips report nonsense for sensors that are not connected.
      if (celsius > -100 && celsius < 200) {
        sink.add(Metric.TEMPERATURE, sensor.attributes(), celsius);
      }
    }
  }

  private List<Sensor> findSensors() throws IOException {
    List<Sensor> found = new ArrayList<>();
    for (Path chip : list(sys.resolve("hwmon"), "hwmon*")) {
      String chipName = line(chip.resolve("name"), chip.getFileName().toString());
      for (Path input : list(chip, "temp*_input")) {
        String file = input.getFileName().toString();
        String sensor = file.substring(0, file.length() - "_input".length());
        String label = line(chip.resolve(sensor + "_label"), sensor);
        add(found, input, chip.getFileName() + "/" + sensor, chipName + " " + label);
      }
    }
    if (found.isEmpty()) {
      for (Path zone : list(sys.resolve("thermal"), "thermal_zone*")) {
        String id = zone.getFileName().toString();
        add(found, zone.resolve("temp"), id, line(zone.resolve("type"), id));
      }
    }
    return found;
  }

  private static void add(List<Sensor> sensors, Path file, String id, String name) {
    if (sensors.size() < MAX_SENSORS) {
      Attributes attributes = Attributes.of("hw.id", id, "hw.name", name);
      sensors.add(new Sensor(new ProcFile(file, 64), attributes));
    }
  }

  private static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(paths::add);
    } catch (NoSuchFileException _) {
      // Virtual machines have no sensors.
      return List.of();
    }
    paths.sort(null);
    return paths;
  }

  private static String line(Path file, String otherwise) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? otherwise : text.substring(0, Math.min(text.length(), 64));
    } catch (IOException _) {
      return otherwise;
    }
  }

  private void closeAll() throws IOException {
    for (Sensor sensor : sensors) {
      sensor.file().close();
    }
  }
}
