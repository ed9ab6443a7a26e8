package dev.bulkhead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every folder of ours, in every module, says what it is for.
final class PackagesTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("protocol", "policy", "server", "agent", "cli");

  @Test
  void everyPackage_hasOneSentenceAndIsNullMarked() {
    final List<Path> silent =
        MODULES.stream()
            .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java")))
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !saysWhatItIsFor(folder.resolve("package-info.java")))
            .toList();

    assertThat(silent).isEmpty();
  }

  private static boolean saysWhatItIsFor(Path info) {
    try {
      final String text = Files.exists(info) ? Files.readString(info) : "";
      return text.startsWith("///") && text.contains("@NullMarked");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
