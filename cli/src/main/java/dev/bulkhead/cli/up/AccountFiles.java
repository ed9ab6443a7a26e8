package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.ShortCommand.Outcome;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads and writes inside a directory that belongs to a child's user, as that user.
///
/// A supervisor that is root never opens a file there itself: a child that was taken over could
/// have put a link to any file of root's in its place.
final class AccountFiles {

  private final Account account;

  AccountFiles(Account account) {
    this.account = account;
  }

  /// Writes a file of mode 0600 so that, whatever happens, the old content or the new one is there.
  void write(Path file, String content) throws InterruptedException {
    require(
        "write " + file,
        shell(
            "umask 077; cat > \"$1.new\" && sync \"$1.new\" && mv -f \"$1.new\" \"$1\"",
            content,
            file.toString()));
  }

  /// Makes a directory of mode 0700 and those above it, unless it is there.
  void createDirectory(Path directory) throws InterruptedException {
    require("make " + directory, shell("umask 077; mkdir -p \"$1\"", "", directory.toString()));
  }

  /// What a file holds, or nothing when it is not there.
  Optional<String> read(Path file) throws InterruptedException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Outcome outcome = shell("cat \"$1\"", "", file.toString());
    return outcome.isDone() ? Optional.of(outcome.output()) : Optional.empty();
  }

  /// The last lines of a file, or nothing when it is not there.
  String tail(Path file, int lines) throws InterruptedException {
    Outcome outcome = shell("tail -n \"$2\" \"$1\"", "", file.toString(), Integer.toString(lines));
    return outcome.isDone() ? outcome.printable().stripTrailing() : "";
  }

  /// Removes all that is in a directory, but not the directory.
  void empty(Path directory) throws InterruptedException {
    require("empty " + directory, removeAllIn(directory));
  }

  /// The same, and whether nothing is left: somebody may still be writing there.
  boolean tryEmpty(Path directory) throws InterruptedException {
    return removeAllIn(directory).isDone();
  }

  private Outcome removeAllIn(Path directory) throws InterruptedException {
    return shell("find \"$1\" -mindepth 1 -ignore_readdir_race -delete", "", directory.toString());
  }

  /// Whether a shell test holds for this user: `test("-r", file)`.
  boolean test(String operator, Path file) throws InterruptedException {
    return shell("test \"$2\" \"$1\"", "", file.toString(), operator).isDone();
  }

  /// Runs a script of ours; the arguments are `$1` and so on.
  Outcome shell(String script, String input, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(Arrays.asList(arguments));
    return ShortCommand.of(account.as(command)).withInput(input).run();
  }

  private void require(String what, Outcome outcome) {
    if (!outcome.isDone()) {
      throw new CommandFailure(
          "User "
              + account.name()
              + " could not "
              + what
              + ": "
              + outcome.printable().strip()
              + "\nIs there space, and is the state directory's file system writable?");
    }
  }
}
