package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Where the programs are that the supervisor starts: one folder of jars each, and one Java for
/// all.
///
/// @param home the folder with `server` and `agent` in it
/// @param java the JDK's folder
record Installation(Path home, Path java) {

  static final String SERVER = "dev.bulkhead.server.Main";
  static final String AGENT = "dev.bulkhead.agent.Main";

  /// The one that this program itself belongs to; the launcher says where it is.
  static Installation ofThisProgram() {
    String home = System.getProperty("bulkhead.home");
    if (home == null) {
      throw new CommandFailure(
          "The system property bulkhead.home is not set.\nStart Bulkhead by its launcher: ./bulkhead up");
    }
    return new Installation(
        Path.of(home).toAbsolutePath().normalize(), Path.of(System.getProperty("java.home")));
  }

  Path server() {
    return home.resolve("server");
  }

  Path agent() {
    return home.resolve("agent");
  }

  String javaProgram() {
    return java.resolve("bin").resolve("java").toString();
  }

  /// Whether one of a program's jars holds its main class.
  static boolean holds(Path program, String mainClass) {
    String entry = mainClass.replace('.', '/') + ".class";
    // Our own jars are few, and no other holds such a class.
    return jars(program).stream()
        .filter(jar -> jar.getFileName().toString().startsWith("bulkhead-"))
        .anyMatch(jar -> contains(jar, entry));
  }

  /// A program's jars, by name.
  static List<Path> jars(Path program) {
    if (!Files.isDirectory(program)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(program)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path jar, String entry) {
    try (var file = new JarFile(jar.toFile())) {
      return file.getJarEntry(entry) != null;
    } catch (IOException e) {
      throw new CommandFailure(
          "Could not read " + jar + ": " + e + "\nBuild again: ./bulkhead build", e);
    }
  }
}
