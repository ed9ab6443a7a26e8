package dev.bulkhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script, in a copy of the repository's layout, with a JDK that prints its arguments.
final class LauncherTest {

  @TempDir private Path temporary;
  private Path clone;
  private Path jdk;

  @BeforeEach
  void prepare() throws IOException {
    clone = Files.createDirectory(temporary.resolve("a clone"));
    Files.copy(script(), clone.resolve("bulkhead"));
    makeExecutable(clone.resolve("bulkhead"));
    Files.writeString(clone.resolve("pom.xml"), "");
    Path dist = Files.createDirectories(clone.resolve("target/dist"));
    Files.writeString(dist.resolve(".stamp"), "");
    jdk = jdk("jdk 25", "25.0.1");
  }

  @Test
  void runs_the_command_line_program_through_a_link_from_anywhere() throws Exception {
    Files.createSymbolicLink(temporary.resolve("other link"), clone.resolve("bulkhead"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("other link"));

    Run run = run(jdk, link, "up", "--state", "a b");

    assertThat(run.exit()).isZero();
    assertThat(run.words())
        .containsSubsequence(
            "-cp",
            clone.toRealPath() + "/target/dist/cli/*",
            "-Dbulkhead.home=" + clone.toRealPath() + "/target/dist",
            "dev.bulkhead.cli.Main",
            "up",
            "--state",
            "a b");
  }

  @Test
  void runs_the_agent_with_the_flags_of_its_supervisor() throws Exception {
    Run run = run(jdk, clone.resolve("bulkhead"), "agent", "join", "--help");

    String supervisor =
        Files.readString(
            Path.of("src/main/java/dev/bulkhead/cli/up/AgentProcess.java").toAbsolutePath());
    List<String> flags = run.words().stream().takeWhile(word -> !word.equals("-cp")).toList();
    assertThat(flags).isNotEmpty().allMatch(flag -> supervisor.contains('"' + flag + '"'));
    assertThat(supervisor.lines().filter(line -> line.strip().startsWith("\"-X")).count())
        .isEqualTo(flags.size());
    assertThat(run.words()).endsWith("dev.bulkhead.agent.Main", "join", "--help");
  }

  @Test
  void runs_the_operators_verb_for_agents_with_the_command_line_program() throws Exception {
    Run run = run(jdk, clone.resolve("bulkhead"), "agent", "certificate", "a b");

    assertThat(run.words()).endsWith("dev.bulkhead.cli.Main", "agent", "certificate", "a b");
  }

  @Test
  void passes_over_a_java_home_that_is_too_old() throws Exception {
    Path old = jdk("jdk 17", "17.0.15");

    Run run = run(old, clone.resolve("bulkhead"), "--version");

    // Another JDK 25 of this machine was found, or the message says what to install.
    assertThat(run.output()).doesNotContain("from " + old);
  }

  @Test
  void refuses_to_test_without_chromium() throws Exception {
    Path tools = tools(List.of("sh", "dirname", "sed", "readlink"));

    Run run = run(jdk, tools.toString(), clone.resolve("bulkhead"), "test");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("Chromium", "apt-get install chromium");
  }

  @Test
  void says_what_to_install_when_the_web_pages_cannot_be_built() throws Exception {
    Files.writeString(Files.createDirectory(clone.resolve("web")).resolve("package.json"), "{}");
    Path tools = tools(List.of("sh", "dirname", "sed", "readlink", "mkdir"));

    Run run = run(jdk, tools.toString(), clone.resolve("bulkhead"), "build");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).contains("Node.js", "20.19");
  }

  private record Run(int exit, String output) {
    List<String> words() {
      return output.lines().skip(1).toList();
    }
  }

  private Run run(Path javaHome, Path launcher, String... arguments) throws Exception {
    return run(javaHome, System.getenv("PATH"), launcher, arguments);
  }

  private Run run(Path javaHome, String path, Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", path);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  /// A folder that leads to these programs of the system, for a PATH without any other.
  private Path tools(List<String> names) throws IOException {
    Path tools = Files.createDirectory(temporary.resolve("tools"));
    for (String name : names) {
      Path tool =
          Files.writeString(tools.resolve(name), "#!/bin/sh\nexec /bin/" + name + " \"$@\"\n");
      makeExecutable(tool);
    }
    return tools;
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = temporary.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(bin.resolve("javac"), "#!/bin/sh\n");
    makeExecutable(bin.resolve("javac"));
    Files.writeString(
        bin.resolve("java"), "#!/bin/sh\necho from " + home + "\nprintf '%s\\n' \"$@\"\n");
    makeExecutable(bin.resolve("java"));
    return home;
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path script() {
    return Path.of("..", "bulkhead").toAbsolutePath().normalize();
  }
}
