package dev.bulkhead.agent;

import dev.bulkhead.agent.opamp.AgentDescription;
import dev.bulkhead.protocol.enrol.EnrolLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the host calls itself.
///
/// @param hostname without control characters, at most 253 characters
/// @param osDescription name and version of the system
/// @param kernel the kernel's release
/// @param architecture as Java names it
public record HostFacts(String hostname, String osDescription, String kernel, String architecture) {

  /// Reads them from the files of a Linux host; what cannot be read is `unknown`.
  public static HostFacts read(Path proc, Path etc) {
    return new HostFacts(
        clean(text(proc.resolve("sys/kernel/hostname")), EnrolLimits.MAX_HOSTNAME),
        clean(prettyName(text(etc.resolve("os-release"))), EnrolLimits.MAX_DESCRIPTION),
        clean(text(proc.resolve("sys/kernel/osrelease")), EnrolLimits.MAX_DESCRIPTION),
        clean(System.getProperty("os.arch", ""), EnrolLimits.MAX_DESCRIPTION));
  }

  /// The version of this program.
  public static String version() {
    String version = HostFacts.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /// The same for OpAMP.
  public AgentDescription describe() {
    return new AgentDescription(hostname, "linux", osDescription, kernel, architecture, version());
  }

  private static String prettyName(String release) {
    for (String line : release.split("\n", -1)) {
      if (line.startsWith("PRETTY_NAME=")) {
        return line.substring(12).replace("\"", "");
      }
    }
    return "Linux";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      // Not every system has every file.
      return "";
    }
  }

  private static String clean(String text, int max) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    String value = line.isEmpty() ? "unknown" : line;
    return value.length() > max ? value.substring(0, max) : value;
  }
}
