package dev.bulkhead.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `install`: makes the agent a systemd service.
final class InstallCommand {

  static final int NOT_POSSIBLE = 23;
  private static final String UNIT = "bulkhead-agent.service";
  private static final String TEMPLATE_START = "ExecStart=";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean root;
  private final Path systemd;
  private final Path units;

  InstallCommand(PrintStream out, PrintStream err) {
    this(
        out,
        err,
        "root".equals(System.getProperty("user.name")),
        Path.of("/run/systemd/system"),
        Path.of("/etc/systemd/system"));
  }

  InstallCommand(PrintStream out, PrintStream err, boolean root, Path systemd, Path units) {
    this.out = out;
    this.err = err;
    this.root = root;
    this.systemd = systemd;
    this.units = units;
  }

  int run(Path state) throws IOException, InterruptedException {
    if (!root) {
      err.println("Not installed: only root may install a service. Run it again with sudo.");
      return NOT_POSSIBLE;
    }
    if (!Files.isDirectory(systemd)) {
      err.println("Not installed: systemd does not run on this host. Have your init system start:");
      err.println("  " + command(state));
      return NOT_POSSIBLE;
    }
    Path unit = units.resolve(UNIT);
    Files.writeString(unit, unit(state));
    out.println("Wrote " + unit);
    for (List<String> call :
        List.of(
            List.of("systemctl", "daemon-reload"), List.of("systemctl", "enable", "--now", UNIT))) {
      int code = new ProcessBuilder(call).inheritIO().start().waitFor();
      if (code != 0) {
        err.println("Not started: '" + String.join(" ", call) + "' ended with " + code + ".");
        return NOT_POSSIBLE;
      }
    }
    out.println("The agent runs, and starts with the host.");
    return 0;
  }

  /// The unit of the distribution, with this program's own command.
  String unit(Path state) throws IOException {
    try (InputStream in = InstallCommand.class.getResourceAsStream("/" + UNIT)) {
      if (in == null) {
        throw new IOException("the unit file is missing from this program");
      }
      StringBuilder unit = new StringBuilder();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        boolean start = line.startsWith(TEMPLATE_START);
        unit.append(start ? TEMPLATE_START + command(state) : line).append('\n');
        if (start && !state.startsWith("/var/lib/bulkhead-agent")) {
          unit.append("ReadWritePaths=").append(quote(state.toString())).append('\n');
        }
      }
      return unit.toString();
    }
  }

  /// How this very program is started: by its launcher, if that said where it is, or by Java.
  private static String command(Path state) {
    String launcher = System.getProperty("bulkhead.launcher", "");
    String program =
        launcher.isEmpty()
            ? quote(System.getProperty("java.home") + "/bin/java")
                + " "
                + String.join(" ", JVM_FLAGS)
                + " -cp "
                + quote(absolute(System.getProperty("java.class.path", "")))
                + " dev.bulkhead.agent.Main"
            : quote(launcher) + " agent";
    return program + " run --state " + quote(state.toString());
  }

  /// What keeps the agent small.
  static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-Xms4m",
          "-Xmn2m",
          "-Xmx16m",
          "-Xss256k",
          "-XX:ReservedCodeCacheSize=8m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:TrimNativeHeapInterval=5000");

  private static String absolute(String classPath) {
    return String.join(
        ":",
        List.of(classPath.split(":", -1)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  // In a unit file a percent sign begins a specifier, and a dollar sign a variable.
  private static String quote(String word) {
    String safe = word.replace("%", "%%").replace("$", "$$");
    return safe.matches("[A-Za-z0-9/._:@%$+=-]+") ? safe : '"' + safe.replace("\"", "\\\"") + '"';
  }
}
