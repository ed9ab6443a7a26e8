package dev.bulkhead.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "10.0.0.0/8, not-an-address, false",
  })
  void holds_addressesOfItsKind(String network, String address, boolean held) {
    assertThat(Network.parse(network).holds(address)).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.1/16",
        "example.org/8",
        "10.0.0.1/8",
        "2001:db8::/129",
        "::ffff:10.0.0.0/95",
        "fe80::1%eth0/64",
        "010.0.0.0.0/8",
        "1::2::3/64"
      })
  void parse_whatIsNoNetwork_isRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_withBitsBehindThePrefix_saysWhatWasMeant() {
    assertThatThrownBy(() -> Network.parse("10.1.2.3/8")).hasMessageContaining("10.0.0.0/8");
  }

  @Test
  void includes_onlyWhatIsNarrower() {
    final Network wide = Network.parse("10.0.0.0/8");

    assertThat(wide.includes(Network.parse("10.3.0.0/16"))).isTrue();
    assertThat(wide.includes(wide)).isTrue();
    assertThat(wide.includes(Network.parse("0.0.0.0/0"))).isFalse();
    assertThat(wide.includes(Network.parse("::/0"))).isFalse();
  }
}
