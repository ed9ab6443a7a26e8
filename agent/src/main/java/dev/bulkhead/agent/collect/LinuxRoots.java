package dev.bulkhead.agent.collect;

import java.nio.file.Path;

/// Where the kernel's files are: elsewhere in tests, and in a container that sees its host.
///
/// @param proc usually `/proc`
/// @param sys usually `/sys`
/// @param passwd names of users, usually `/etc/passwd`
public record LinuxRoots(Path proc, Path sys, Path passwd) {

  /// Those of this host.
  public static LinuxRoots ofHost() {
    return new LinuxRoots(Path.of("/proc"), Path.of("/sys"), Path.of("/etc/passwd"));
  }

  static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
