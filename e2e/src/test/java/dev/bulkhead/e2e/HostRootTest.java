package dev.bulkhead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What separates the programs of one machine from each other when root starts them, and their
/// secrets from everybody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostRootTest {
  private static final String SERVER_USER = "bulkhead-server";
  private static final String DATABASE_USER = "bulkhead-postgres";
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(password|\\.key|\\.pem|secret|-code|-token).*");
  private static final Pattern LINE = Pattern.compile("[A-Za-z0-9_+/=-]{16,}");

  private final Up up = Up.start();
  private final StateProcesses processes = new StateProcesses(up.state());
  private Api api;

  @BeforeAll
  void setUp() {
    api = Api.setUp(up);
    Awaitility.await("this machine's agent")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.hosts().stream()
                    .anyMatch(host -> host.get("state").getAsString().equals("up")));
    // The server removes the used join code a moment later; the walk must not meet it half gone.
    final Path server = up.state().resolve("server");
    Awaitility.await("the local join to be over")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Files.exists(server.resolve("local-host-joined"))
                    && Files.notExists(server.resolve("local-join-code")));
  }

  @AfterAll
  void stop() {
    up.close();
  }

  @Test
  void children_runAsUsersOfTheirOwn_whoCannotTouchTheAgent() {
    Assumptions.assumeTrue(isRoot(), "only root can give each child its own user");

    assertThat(StateProcesses.user(processes.find(StateProcesses.SERVER).orElseThrow()))
        .isEqualTo(SERVER_USER);
    assertThat(StateProcesses.user(processes.findPostmaster().orElseThrow()))
        .isEqualTo(DATABASE_USER);
    assertThat(StateProcesses.user(processes.find(StateProcesses.AGENT).orElseThrow()))
        .isEqualTo("root");
    for (String user : List.of(SERVER_USER, DATABASE_USER)) {
      assertDenied(user, "ls", up.state().resolve("agent"));
      assertDenied(user, "ls", up.state());
      assertDenied(user, "cat", up.state().resolve("agent/identity.json"));
      assertDenied(user, "touch", up.state().resolve("agent/agent.yaml"));
      assertDenied(user, "touch", up.state().resolve("planted"));
      assertDenied(user, "cat", up.state().resolve("postgres-superuser.password"));
    }
    assertDenied(SERVER_USER, "ls", up.state().resolve("postgres/data"));
    assertDenied(DATABASE_USER, "ls", up.state().resolve("server"));
    assertThat(api.hosts().getFirst().get("protectedFromServer").getAsBoolean()).isTrue();
  }

  @Test
  void host_isMarked_whenItsServerCanTouchItsAgent() {
    Assumptions.assumeFalse(isRoot(), "root separates them");

    assertThat(api.hosts().getFirst().get("protectedFromServer").getAsBoolean()).isFalse();
  }

  @Test
  void secretFiles_areTheirOwnersAlone() {
    final Map<Path, String> open = new LinkedHashMap<>();
    final List<Path> secrets = secretFiles();

    for (Path file : secrets) {
      final String mode = mode(file);
      if (!mode.equals("rw-------")) {
        open.put(file, mode);
      }
    }

    assertThat(secrets).hasSizeGreaterThan(5);
    assertThat(open).isEmpty();
  }

  @Test
  void commandLinesAndEnvironments_holdNoSecret() {
    final List<String> secrets = secretFiles().stream().flatMap(HostRootTest::contents).toList();
    final List<ProcessHandle> all = processes.list();

    assertThat(secrets).hasSizeGreaterThan(5);
    assertThat(all).hasSizeGreaterThan(3);
    for (ProcessHandle process : all) {
      final String shown =
          StateProcesses.read(process, "cmdline") + "\0" + StateProcesses.read(process, "environ");
      // Not `doesNotContain(secrets)`: a failure must not print them.
      assertThat(secrets.stream().filter(shown::contains).count())
          .as(
              "secrets shown by process %d: %s",
              process.pid(), StateProcesses.arguments(process).getFirst())
          .isZero();
    }
  }

  private List<Path> secretFiles() {
    try (Stream<Path> files = Files.walk(up.state())) {
      return files
          .filter(file -> !file.startsWith(up.state().resolve("postgres/data")))
          .filter(file -> !file.startsWith(up.state().resolve("lib")))
          .filter(file -> !file.startsWith(up.state().resolve("server/telemetry")))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> isSecret(up.state().relativize(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSecret(Path file) {
    // PostgreSQL's own programs lie in a folder named after its version.
    return !file.toString().matches("postgres/[0-9].*")
        && SECRET_NAME.matcher(file.getFileName().toString()).matches();
  }

  /// Every long word of a file of secrets; of one that is no text, nothing that could be shown.
  private static Stream<String> contents(Path file) {
    try {
      final String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return LINE.matcher(text).results().map(MatchResult::group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return StateProcesses.user(ProcessHandle.current()).equals("root");
  }

  private static void assertDenied(String user, String program, Path file) {
    final Up.Finished tried =
        Up.run(
            Map.of(),
            List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                program,
                file.toString()));
    assertThat(tried.exitCode()).as(user + " " + program + " " + file).isNotZero();
    assertThat(tried.output()).contains("Permission denied");
  }
}
