package dev.bulkhead.server.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.configuration.ConfigurationException;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkAddressesTest {
  @Test
  void loopback_isToldAsItIs() {
    final LinkAddresses addresses = of("127.0.0.1", "::1");

    assertThat(addresses.isLoopbackOnly()).isTrue();
    assertThat(addresses.reachable(7443))
        .containsExactly(new LinkAddress("127.0.0.1", 7443), new LinkAddress("::1", 7443));
    assertThat(addresses.names()).containsExactly("127.0.0.1", "::1", "localhost");
  }

  @Test
  void wildcard_isToldAsEveryAddress_loopbackLast() {
    final LinkAddresses addresses = of("0.0.0.0");

    assertThat(addresses.isLoopbackOnly()).isFalse();
    assertThat(addresses.reachable(7443)).isNotEmpty().hasSizeLessThanOrEqualTo(8);
    assertThat(addresses.reachable(7443)).noneMatch(one -> one.host().equals("0.0.0.0"));
    assertThat(addresses.names()).contains("localhost", "127.0.0.1");
  }

  @Test
  void nameThatDoesNotResolve_isNamedAsTheFault() {
    assertThatThrownBy(() -> of("no-such-host.invalid").isLoopbackOnly())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  private static LinkAddresses of(String... addresses) {
    return new LinkAddresses(new ServerConfiguration.Link(List.of(addresses), 7443));
  }
}
