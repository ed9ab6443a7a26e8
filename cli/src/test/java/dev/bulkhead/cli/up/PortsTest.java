package dev.bulkhead.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulkhead.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PortsTest {

  @Test
  void finds_a_port_outside_of_the_range_for_outgoing_connections() {
    int port = Ports.findFree(new Random(1));

    assertThat(port).isBetween(20_000, 31_999);
    assertThat(Ports.isFree("127.0.0.1", port)).isTrue();
  }

  @Test
  void names_a_taken_port_and_its_option() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", port, "--port"))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("--port N");
    }
  }

  @Test
  void refuses_ports_that_need_privileges() throws IOException {
    Path limit = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    assumeTrue(Files.exists(limit), "this kernel does not say which ports do");
    int lowest = Integer.parseInt(Files.readAllLines(limit).getFirst());
    assumeTrue(lowest > 1, "no port of this machine does");

    assertThatThrownBy(() -> Ports.requireUnprivileged(lowest - 1, "--port"))
        .hasMessageContaining("from " + lowest + " up: --port N");
    Ports.requireUnprivileged(7070, "--port");
  }

  @Test
  void refuses_addresses_of_other_machines() {
    assertThatThrownBy(() -> Ports.requireLocal("203.0.113.9", "--link-address"))
        .hasMessageContaining("203.0.113.9 is no address of this machine");
    Ports.requireLocal("127.0.0.1", "--link-address");
    Ports.requireLocal("0.0.0.0", "--link-address");
  }
}
