package dev.bulkhead.server.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a host says about itself; shown, never believed. Texts are cut to their columns' use.
///
/// @param bootedAt when the host started, if it says so
public record HostDescription(
    String hostname,
    String os,
    String kernel,
    String architecture,
    String agentVersion,
    @Nullable Instant bootedAt) {
  private static final int LENGTH = 200;

  public HostDescription {
    hostname = cut(hostname);
    os = cut(os);
    kernel = cut(kernel);
    architecture = cut(architecture);
    agentVersion = cut(agentVersion);
  }

  private static String cut(String text) {
    final String printable = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
    return printable.codePointCount(0, printable.length()) <= LENGTH
        ? printable
        : printable.substring(0, printable.offsetByCodePoints(0, LENGTH));
  }
}
