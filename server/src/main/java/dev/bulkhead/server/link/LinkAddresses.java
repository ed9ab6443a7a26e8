package dev.bulkhead.server.link;

import dev.bulkhead.protocol.join.JoinCode;
import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.server.configuration.ConfigurationException;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// The configured addresses of the link: what to listen on, what to tell agents. A wildcard listens
/// everywhere and tells every address that this machine has.
final class LinkAddresses {
  private final List<String> bound;
  private final int port;

  LinkAddresses(ServerConfiguration.Link link) {
    bound = link.addresses();
    port = link.port();
  }

  List<String> bound() {
    return bound;
  }

  int port() {
    return port;
  }

  boolean isLoopbackOnly() {
    return bound.stream().map(LinkAddresses::resolve).allMatch(InetAddress::isLoopbackAddress);
  }

  /// What the link's certificate is made for.
  List<String> names() {
    return Stream.concat(told(), Stream.of("localhost", "127.0.0.1", "::1")).distinct().toList();
  }

  /// What join codes carry.
  List<LinkAddress> reachable(int boundPort) {
    return told()
        .limit(JoinCode.MAX_ADDRESSES)
        .map(host -> new LinkAddress(host, boundPort))
        .toList();
  }

  private Stream<String> told() {
    return bound.stream()
        .flatMap(host -> resolve(host).isAnyLocalAddress() ? everywhere() : Stream.of(host))
        .distinct();
  }

  private static Stream<String> everywhere() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
          // Addresses that others can use come first.
          .sorted((a, b) -> Boolean.compare(a.isLoopbackAddress(), b.isLoopbackAddress()))
          .map(LinkAddresses::text);
    } catch (SocketException e) {
      throw new ConfigurationException(
          "link.addresses", "this machine's addresses cannot be read; name them one by one");
    }
  }

  private static String text(InetAddress address) {
    final String text = address.getHostAddress();
    final int scope = text.indexOf('%');
    return address instanceof Inet6Address && scope > 0 ? text.substring(0, scope) : text;
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new ConfigurationException(
          "link.addresses", host + " does not resolve to an address of this machine");
    }
  }
}
