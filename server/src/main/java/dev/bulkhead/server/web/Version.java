package dev.bulkhead.server.web;

import java.util.Objects;

/// The version of this build, as the jar's manifest has it.
public final class Version {
  private Version() {}

  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
