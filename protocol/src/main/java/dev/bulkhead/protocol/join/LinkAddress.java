package dev.bulkhead.protocol.join;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where the agent link may be reached: a host name, an IPv4 address or an IPv6 address, and a
/// port.
///
/// @param host without brackets, 1 to 245 characters
/// @param port 1 to 65535
public record LinkAddress(String host, int port) {

  // Ample for names and for addresses; anything else is a typing error or an attack on a parser.
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,243}[A-Za-z0-9])?");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /// Checks both parts.
  ///
  /// @throws IllegalArgumentException when either is out of range
  public LinkAddress {
    if (!NAME.matcher(host).matches() && !isIpv6(host)) {
      throw new IllegalArgumentException("not a host name or address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is between 1 and 65535");
    }
    // A join code gives the text one byte of length.
    if (host.length() > 245) {
      throw new IllegalArgumentException("the host name is too long");
    }
  }

  /// Reads `name:port`, `192.0.2.1:port` or `[2001:db8::1]:port`; empty when it is none of them.
  public static Optional<LinkAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || text.length() - colon > 6) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (bracketed != host.contains(":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LinkAddress(host, parsePort(text.substring(colon + 1))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether the host is an IPv6 address.
  public boolean isIpv6() {
    return isIpv6(host);
  }

  private static boolean isIpv6(String host) {
    return host.contains(":") && IPV6.matcher(host).matches();
  }

  private static int parsePort(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not a port");
    }
    return Integer.parseInt(digits);
  }

  /// The form that [#parse(String)] reads.
  @Override
  public String toString() {
    return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
  }
}
