package dev.bulkhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void prints_its_version() {
    int exit = commandLine.execute("--version");

    assertThat(exit).isZero();
    assertThat(out.toString()).matches("bulkhead \\d+\\.\\d+\\.\\d+\\S*\\s+");
  }

  @Test
  void suggests_a_verb_when_one_is_mistyped() {
    int exit = commandLine.execute("upp");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean", "up");
  }

  @Test
  void names_a_verb_when_there_is_none() {
    int exit = commandLine.execute();

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("bulkhead up");
  }

  @Test
  void refuses_link_addresses_that_are_names() {
    int exit = commandLine.execute("up", "--state", "/nowhere", "--link-address", "example.org");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("--link-address", "example.org");
  }

  @Test
  void refuses_ports_that_are_not_ports() {
    int exit = commandLine.execute("up", "--state", "/nowhere", "--port", "70700");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("70700");
  }
}
