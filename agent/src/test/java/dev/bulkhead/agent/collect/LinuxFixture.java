package dev.bulkhead.agent.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A tree of kernel files that tests write themselves.
final class LinuxFixture {

  private final Path root;

  LinuxFixture(Path root) {
    this.root = root;
  }

  LinuxRoots roots() {
    return new LinuxRoots(root.resolve("proc"), root.resolve("sys"), root.resolve("passwd"));
  }

  LinuxFixture write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    // In place, as the kernel does: whoever has the file open sees the new content.
    Files.writeString(file, content);
    return this;
  }

  void delete(String name) throws IOException {
    Files.delete(root.resolve(name));
  }
}
