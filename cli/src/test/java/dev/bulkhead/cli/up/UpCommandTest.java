package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class UpCommandTest {

  @Test
  void listens_on_7070_and_7443_by_default() {
    UpSettings settings = parse("--state", "/s");

    assertThat(settings)
        .isEqualTo(new UpSettings(Path.of("/s"), 7070, 7443, List.of("127.0.0.1"), true));
    assertThat(settings.url()).isEqualTo("http://localhost:7070");
  }

  @Test
  void puts_the_link_beside_another_port() {
    assertThat(parse("--state", "/s", "--port", "8000").linkPort()).isEqualTo(8001);
    assertThat(parse("--state", "/s", "--port", "8000", "--link-port", "9").linkPort())
        .isEqualTo(9);
  }

  @Test
  void keeps_loopback_beside_other_link_addresses() {
    assertThat(parse("--state", "/s", "--link-address", "192.0.2.5").linkAddresses())
        .containsExactly("127.0.0.1", "192.0.2.5");
  }

  @Test
  void needs_no_loopback_beside_all_addresses() {
    assertThat(parse("--state", "/s", "--link-address", "0.0.0.0").linkAddresses())
        .containsExactly("0.0.0.0");
  }

  @Test
  void leaves_the_agent_out_when_asked() {
    assertThat(parse("--state", "/s", "--no-agent").agent()).isFalse();
  }

  private static UpSettings parse(String... arguments) {
    var command = new UpCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }
}
