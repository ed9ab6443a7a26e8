package dev.bulkhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.access.Network;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {
  private static final TrustedProxies NONE = new TrustedProxies(List.of(), 1, false);
  private static final TrustedProxies ONE = proxies(1, "127.0.0.1/32", "::1/128");
  private static final TrustedProxies TWO = proxies(2, "127.0.0.1/32", "10.0.0.0/8");

  private static TrustedProxies proxies(int depth, String... networks) {
    return new TrustedProxies(Arrays.stream(networks).map(Network::parse).toList(), depth, false);
  }

  @Test
  void anyForwardingHeader_fromWhoeverIsNoProxy_isRefused() {
    for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "x-forwarded-for")) {
      assertThat(NONE.find("127.0.0.1", HttpFields.build().add(header, "10.1.1.1")))
          .as(header)
          .isInstanceOf(TrustedProxies.Origin.Refused.class);
      assertThat(ONE.find("192.0.2.7", HttpFields.build().add(header, "10.1.1.1")))
          .as(header)
          .isInstanceOf(TrustedProxies.Origin.Refused.class);
    }
  }

  @Test
  void peer_withoutHeaders_isTheClient() {
    assertThat(NONE.find("192.0.2.7", HttpFields.EMPTY)).isEqualTo(known("192.0.2.7", null));
    assertThat(ONE.find("127.0.0.1", HttpFields.EMPTY)).isEqualTo(known("127.0.0.1", null));
  }

  @Test
  void chain_isReadFromTheRight_noFurtherThanProxiesSpeak() {
    assertThat(forwarded(ONE, "10.9.9.9, 203.0.113.5")).isEqualTo(known("203.0.113.5", null));
    assertThat(forwarded(TWO, "198.51.100.1, 203.0.113.5, 10.0.0.2"))
        .isEqualTo(known("203.0.113.5", null));
    // Three hops of ours would be one too many: the third one's word does not count.
    assertThat(forwarded(TWO, "203.0.113.5, 10.0.0.3, 10.0.0.2"))
        .isEqualTo(known("10.0.0.3", null));
    assertThat(forwarded(ONE, "::ffff:203.0.113.5")).isEqualTo(known("203.0.113.5", null));
  }

  @Test
  void chain_overSeveralLines_isOneChain() {
    final HttpFields headers =
        HttpFields.build()
            .add("X-Forwarded-For", "198.51.100.1")
            .add("X-Forwarded-For", "203.0.113.5");

    assertThat(ONE.find("127.0.0.1", headers)).isEqualTo(known("203.0.113.5", null));
  }

  @Test
  void chain_thatSaysNothingClear_isRefused() {
    for (String chain :
        List.of("", "unknown", "203.0.113.5:443", "203.0.113.0/24", "203.0.113", "a.example, b")) {
      assertThat(forwarded(ONE, chain))
          .as("'%s'", chain)
          .isInstanceOf(TrustedProxies.Origin.Refused.class);
    }
    assertThat(forwarded(ONE, "203.0.113.5, ".repeat(40) + "203.0.113.5"))
        .isInstanceOf(TrustedProxies.Origin.Refused.class);
    assertThat(
            ONE.find(
                "127.0.0.1",
                HttpFields.build()
                    .add("X-Forwarded-For", "203.0.113.5")
                    .add("Forwarded", "for=198.51.100.1")))
        .isInstanceOf(TrustedProxies.Origin.Refused.class);
  }

  @Test
  void protocol_isTheNearestProxysWord() {
    assertThat(
            ONE.find(
                "127.0.0.1",
                HttpFields.build()
                    .add("X-Forwarded-For", "203.0.113.5")
                    .add("X-Forwarded-Proto", "http, https")))
        .isEqualTo(known("203.0.113.5", true));
    assertThat(ONE.find("192.0.2.7", HttpFields.build().add("X-Forwarded-Proto", "https")))
        .isEqualTo(known("192.0.2.7", null));
  }

  @Test
  void whoeverComesAroundTheProxy_isNotAnswered_whereOnlyItEndsTls() {
    final TrustedProxies only = new TrustedProxies(List.of(Network.parse("10.0.0.0/8")), 1, true);

    assertThat(only.find("192.0.2.7", HttpFields.EMPTY))
        .isInstanceOf(TrustedProxies.Origin.NotByProxy.class);
    assertThat(only.find("10.0.0.1", HttpFields.EMPTY)).isEqualTo(known("10.0.0.1", null));
    assertThat(only.find("127.0.0.1", HttpFields.EMPTY)).isEqualTo(known("127.0.0.1", null));
  }

  private static TrustedProxies.Origin forwarded(TrustedProxies proxies, String chain) {
    return proxies.find("127.0.0.1", HttpFields.build().add("X-Forwarded-For", chain));
  }

  private static TrustedProxies.Origin known(String address, @Nullable Boolean secure) {
    return new TrustedProxies.Origin.Known(address, secure);
  }
}
