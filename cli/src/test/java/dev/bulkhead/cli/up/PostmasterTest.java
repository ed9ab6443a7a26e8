package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PostmasterTest {

  private static final String FILE =
      """
      7861
      /var/lib/bulkhead/postgres/data
      1795208255
      23456

      localhost
        2155641         7
      ready  \s
      """;

  @Test
  void reads_a_complete_file() {
    assertThat(Postmaster.parse(FILE)).contains(new Postmaster(7861, 23456, 7, true));
  }

  @Test
  void is_not_ready_while_the_status_says_otherwise() {
    assertThat(Postmaster.parse(FILE.replace("ready", "starting")))
        .hasValueSatisfying(postmaster -> assertThat(postmaster.ready()).isFalse());
  }

  @Test
  void finds_nothing_in_a_half_written_file() {
    assertThat(Postmaster.parse("7861\n/var")).isEmpty();
    assertThat(Postmaster.parse("")).isEmpty();
    assertThat(Postmaster.parse("x\n\n\ny\n")).isEmpty();
  }

  @Test
  void is_dead_when_its_number_belongs_to_another_program() {
    var other = new Postmaster(ProcessHandle.current().pid(), 1, -1, true);

    assertThat(other.isAlive(Path.of("/data"), Account.ofInvoker().uid())).isFalse();
  }
}
