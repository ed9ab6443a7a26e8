package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ShortCommandTest {

  @TempDir private Path folder;

  @Test
  void gives_input_and_returns_output_and_status() throws InterruptedException {
    var outcome = shell("cat; echo wrong >&2; exit 3").withInput("read").run();

    assertThat(outcome).isEqualTo(new ShortCommand.Outcome(3, "readwrong\n"));
  }

  @Test
  void keeps_what_was_written_before_the_limit() throws InterruptedException {
    var outcome = shell("echo begun; exec sleep 600").within(Duration.ofSeconds(1)).run();

    assertThat(outcome).isEqualTo(new ShortCommand.Outcome(137, "begun\n"));
  }

  @Test
  void kills_what_a_command_at_its_limit_has_started() throws InterruptedException, IOException {
    Path pid = folder.resolve("pid");

    var outcome =
        shell("sleep 600 & echo $! > '%s'; wait".formatted(pid))
            .within(Duration.ofSeconds(1))
            .run();

    assertThat(outcome.exit()).isEqualTo(137);
    awaitEnd(pid);
  }

  @Test
  void waits_no_longer_than_the_limit_for_a_process_that_holds_the_output()
      throws InterruptedException, IOException {
    Path pid = folder.resolve("pid");

    var outcome =
        shell("sleep 600 & echo $! > '%s'; echo done".formatted(pid))
            .within(Duration.ofSeconds(1))
            .run();

    assertThat(outcome).isEqualTo(new ShortCommand.Outcome(0, "done\n"));
    awaitEnd(pid);
  }

  @Test
  void returns_though_a_process_in_another_session_holds_the_output()
      throws InterruptedException, IOException {
    Path pid = folder.resolve("pid");

    var outcome =
        shell("setsid sh -c 'echo $$ > \"%s\"; exec sleep 600' & sleep 600".formatted(pid))
            .within(Duration.ofSeconds(1))
            .run();

    assertThat(outcome).isEqualTo(new ShortCommand.Outcome(137, ""));
    ProcessHandle survivor = process(pid);
    assertThat(survivor.isAlive()).isTrue();
    survivor.destroyForcibly();
  }

  @Test
  void ends_when_interrupted_while_a_pipe_blocks_it() throws Exception {
    Path pipe = folder.resolve("pipe");
    shell("mkfifo '%s'".formatted(pipe)).run();
    Path pid = folder.resolve("pid");
    var interrupted = new CompletableFuture<Boolean>();
    Thread running =
        Thread.startVirtualThread(
            () -> {
              try {
                shell("echo $$ > '%s'; cat > '%s' && true".formatted(pid, pipe)).run();
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              }
            });
    Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);

    running.interrupt();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    awaitEnd(pid);
  }

  @Test
  void runs_in_a_session_without_a_terminal() throws InterruptedException {
    var outcome = shell("cat /proc/self/stat; cut -d' ' -f6 /proc/$$/stat; echo $$").run();

    List<String> lines = outcome.output().lines().toList();
    assertThat(lines.getFirst().split(" ", -1)[6]).as("tty").isEqualTo("0");
    assertThat(lines.get(1)).as("session").isEqualTo(lines.get(2));
  }

  @Test
  void shows_output_without_what_moves_a_terminal() {
    var outcome =
        new ShortCommand.Outcome(1, "a\tb\n\u001b[2Jc\r\u0007\u009b\u202ed\u0000 ä\u007f\n");

    assertThat(outcome.printable()).isEqualTo("a\tb\n[2Jcd ä\n");
  }

  private static ShortCommand shell(String script) {
    return ShortCommand.of(List.of("sh", "-c", script));
  }

  private static ProcessHandle process(Path pid) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  private static void awaitEnd(Path pid) throws IOException {
    String stat = "/proc/" + Files.readString(pid).strip() + "/stat";
    Awaitility.await()
        .until(
            () -> !Files.exists(Path.of(stat)) || Files.readString(Path.of(stat)).contains(") Z "));
  }
}
