package dev.bulkhead.server.web;

import dev.bulkhead.server.access.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Whose word counts for where a request came from: that of the configured proxies, read from right
/// to left and no further than they are many. From anyone else, and in any doubt, a forwarding
/// header is refused, for it can only be a lie. Immutable.
final class TrustedProxies {
  private static final String REAL_IP = "X-Real-IP";
  private static final int LONGEST = 32;

  private final List<Network> networks;
  private final int depth;
  private final boolean only;

  /// @param networks where proxies are; none means that nobody's word counts
  /// @param depth how many proxies a request passes at most, 1 to 8
  /// @param only whether nobody else is answered, because what they send is in the clear
  TrustedProxies(List<Network> networks, int depth, boolean only) {
    this.networks = List.copyOf(networks);
    this.depth = depth;
    this.only = only;
  }

  /// Where a request came from.
  sealed interface Origin {
    /// @param address of the client; the peer's own when no proxy spoke
    /// @param secure whether it came to the proxy by TLS; null when no proxy spoke of it
    record Known(String address, @Nullable Boolean secure) implements Origin {}

    /// A forwarding header came from somebody who is no proxy of ours, or says nothing clear.
    record Refused() implements Origin {}

    /// Somebody came around the proxy that ends TLS.
    record NotByProxy() implements Origin {}
  }

  private boolean holds(String address) {
    return networks.stream().anyMatch(network -> network.holds(address));
  }

  Origin find(String peer, HttpFields headers) {
    if (only && !holds(peer) && !Loopback.isLoopback(peer)) {
      return new Origin.NotByProxy();
    }
    final List<String> chain = headers.getCSV(HttpHeader.X_FORWARDED_FOR, false);
    final List<String> protocols = headers.getCSV(HttpHeader.X_FORWARDED_PROTO, false);
    final boolean speaks =
        headers.contains(HttpHeader.X_FORWARDED_FOR)
            || headers.contains(HttpHeader.FORWARDED)
            || headers.contains(REAL_IP);
    if (!speaks) {
      return holds(peer)
          ? secure(protocols).map(s -> known(peer, s)).orElseGet(() -> known(peer, null))
          : known(peer, null);
    }
    // Forwarded (RFC 7239) beside X-Forwarded-For could say two things; one header is enough.
    if (!holds(peer) || headers.contains(HttpHeader.FORWARDED) || chain.isEmpty()) {
      return new Origin.Refused();
    }
    return walk(peer, chain)
        .<Origin>map(client -> known(client, secure(protocols).orElse(null)))
        .orElseGet(Origin.Refused::new);
  }

  // From the nearest hop outwards, for as long as the one who speaks is a proxy of ours.
  private Optional<String> walk(String peer, List<String> chain) {
    if (chain.size() > LONGEST) {
      return Optional.empty();
    }
    final List<String> outwards = new ArrayList<>(chain).reversed();
    String client = peer;
    for (int hop = 0; hop < Math.min(depth, outwards.size()) && holds(client); hop++) {
      final Optional<String> next = address(outwards.get(hop).strip());
      if (next.isEmpty()) {
        return next;
      }
      client = next.get();
    }
    return Optional.of(client);
  }

  // In its one spelling; an IPv4 address that came mapped into IPv6 is the IPv4 address.
  private static Optional<String> address(String text) {
    try {
      final String network = Network.parse(text).toString();
      return text.indexOf('/') < 0
          ? Optional.of(network.substring(0, network.indexOf('/')))
          : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  // The nearest proxy's word, which is the last.
  private static Optional<Boolean> secure(List<String> protocols) {
    return protocols.isEmpty()
        ? Optional.empty()
        : Optional.of(protocols.getLast().toLowerCase(Locale.ROOT).equals("https"));
  }

  private static Origin known(String address, @Nullable Boolean secure) {
    return new Origin.Known(address, secure);
  }
}
