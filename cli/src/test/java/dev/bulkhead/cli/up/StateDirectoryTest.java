package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {

  @TempDir private Path temporary;

  @Test
  void lets_others_pass_through_only_when_children_have_users_of_their_own() throws IOException {
    var state = new StateDirectory(temporary.resolve("a/b"));

    state.create();
    Path agent = state.createPrivate(state.agent(), Account.ofInvoker());

    assertThat(mode(state.root())).isEqualTo(Platform.isRoot() ? "rwx--x--x" : "rwx------");
    assertThat(mode(agent)).isEqualTo("rwx------");
  }

  @Test
  void narrows_a_directory_that_was_open() throws IOException {
    var state = new StateDirectory(temporary.resolve("open"));
    Files.createDirectory(state.root());
    Files.setPosixFilePermissions(state.root(), PosixFilePermissions.fromString("rwxrwxrwx"));

    state.create();

    assertThat(mode(state.root())).isEqualTo(Platform.isRoot() ? "rwx--x--x" : "rwx------");
  }

  @Test
  void refuses_a_directory_with_other_files() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("home"));
    Files.writeString(other.resolve("letter.txt"), "dear");

    assertThatThrownBy(() -> new StateDirectory(other).create())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("holds other files")
        .hasMessageContaining("--state");
  }

  @Test
  void refuses_a_file() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> new StateDirectory(file).create())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is not a directory");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
