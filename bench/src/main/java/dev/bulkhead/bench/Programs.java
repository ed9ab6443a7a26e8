package dev.bulkhead.bench;

import java.nio.file.Path;

/// The clone whose programs are measured.
///
/// @param root the clone's folder, with the launcher in it
record Programs(Path root) {

  /// The one that this program belongs to; the launcher says where it is.
  static Programs ofThisProgram() {
    String root = System.getProperty("bulkhead.root");
    if (root == null) {
      throw new IllegalArgumentException("start it by the launcher: ./bulkhead bench");
    }
    return new Programs(Path.of(root).toAbsolutePath().normalize());
  }

  String launcher() {
    return root.resolve("bulkhead").toString();
  }
}
