package dev.bulkhead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... words) {
    Main program =
        new Main(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.add("--state=" + directory.resolve("state"));
    return program.run(all);
  }

  @Test
  void join_saysWhatIsWrongWithACode_whereverItComesFrom() throws IOException {
    Path file = Files.writeString(directory.resolve("code"), "bhj1_AAAA\n");

    assertThat(run("", "join", "hello")).isEqualTo(JoinCommand.BAD_CODE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("[not_a_join_code]", "What to do:");
    assertThat(run("", "join", "--code-file", file.toString())).isEqualTo(JoinCommand.BAD_CODE);
    assertThat(run("bhj1_AAAA", "join", "--code-file", "-")).isEqualTo(JoinCommand.BAD_CODE);
    assertThat(run("bhj7_AAAA\n", "join")).isEqualTo(JoinCommand.BAD_CODE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("[damaged]", "[newer_version]");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void runStatusAndFingerprint_sayHowToJoin_beforeThat() {
    for (String command : List.of("run", "status", "fingerprint")) {
      err.reset();

      assertThat(run("", command)).isEqualTo(5);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("bulkhead agent join");
    }
  }

  @Test
  void run_refusesWhatItDoesNotKnow_andShowsTheUsage() {
    for (String[] words :
        new String[][] {
          {"dance"}, {"run", "--fast"}, {"run", "extra"}, {"join", "a", "b"}, {"status", "--state"}
        }) {
      err.reset();
      assertThat(run("", words)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage:");
    }
    assertThat(run("", "--help")).isZero();
  }

  @Test
  void install_refuses_withoutRootOrSystemd() throws Exception {
    Path state = Path.of("/var/lib/bulkhead-agent");
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    InstallCommand user = new InstallCommand(errors, errors, false, directory, directory);
    InstallCommand noSystemd =
        new InstallCommand(errors, errors, true, directory.resolve("none"), directory);

    assertThat(user.run(state)).isEqualTo(InstallCommand.NOT_POSSIBLE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("sudo");
    assertThat(noSystemd.run(state)).isEqualTo(InstallCommand.NOT_POSSIBLE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("systemd does not run", " run --state");
    assertThat(directory.resolve("bulkhead-agent.service")).doesNotExist();
  }

  @Test
  void unit_startsThisProgram_andKeepsTheHardening() throws IOException {
    PrintStream none = new PrintStream(out, true, StandardCharsets.UTF_8);
    InstallCommand install = new InstallCommand(none, none, true, directory, directory);

    String standard = install.unit(Path.of("/var/lib/bulkhead-agent"));
    String elsewhere = install.unit(Path.of("/srv/a b%"));

    assertThat(standard)
        .contains("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n")
        .contains("/bin/java -XX:+UseSerialGC", "run --state /var/lib/bulkhead-agent\n")
        // Java exits with 3 when it has run out of memory: systemd starts it again after that.
        .contains("-XX:+ExitOnOutOfMemoryError", "RestartPreventExitStatus=5\n")
        .doesNotContain("ReadWritePaths", "/usr/local/bin/bulkhead");
    assertThat(elsewhere).contains("--state \"/srv/a b%%\"\nReadWritePaths=\"/srv/a b%%\"\n");
  }
}
