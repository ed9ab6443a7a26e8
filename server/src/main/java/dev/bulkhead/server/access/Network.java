package dev.bulkhead.server.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A range of addresses in CIDR form, such as `10.0.0.0/8` or `2001:db8::/32`. An IPv4 address that
/// came mapped into IPv6 is the IPv4 address that it is. Immutable.
public final class Network {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
  private static final int MAPPED_BITS = 96;

  private final byte[] address;
  private final int prefix;

  private Network(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /// Reads a network; an address alone is a network of one.
  ///
  /// @throws IllegalArgumentException when it is none; the message says why and can be shown
  public static Network parse(String text) {
    final int slash = text.indexOf('/');
    final String left = slash < 0 ? text : text.substring(0, slash);
    final InetAddress address = literal(left);
    final boolean mapped = address instanceof Inet4Address && left.indexOf(':') >= 0;
    final int bits = address.getAddress().length * Byte.SIZE;
    final int prefix =
        slash < 0 ? bits : prefix(text.substring(slash + 1)) - (mapped ? MAPPED_BITS : 0);
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(text + " has no prefix length of its kind");
    }
    final byte[] masked = mask(address.getAddress(), prefix);
    if (!Arrays.equals(masked, address.getAddress())) {
      throw new IllegalArgumentException(
          text + " has bits behind its prefix; write " + new Network(masked, prefix));
    }
    return new Network(masked, prefix);
  }

  /// Whether it holds an address, as a socket names it.
  public boolean holds(String remoteAddress) {
    final int zone = remoteAddress.indexOf('%');
    final byte[] other;
    try {
      other = literal(zone < 0 ? remoteAddress : remoteAddress.substring(0, zone)).getAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
    return other.length == address.length && Arrays.equals(mask(other, prefix), address);
  }

  /// Whether every address of the other is one of this.
  public boolean includes(Network other) {
    return other.address.length == address.length
        && other.prefix >= prefix
        && Arrays.equals(mask(other.address, prefix), address);
  }

  // Only what is spelled out in full: no name is looked up, and 10.1 is not taken for 10.0.0.1.
  private static InetAddress literal(String text) {
    if (text.indexOf('%') >= 0 || (text.indexOf(':') < 0 && !IPV4.matcher(text).matches())) {
      throw new IllegalArgumentException("'" + text + "' is no IPv4 or IPv6 address");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("'" + text + "' is no IPv4 or IPv6 address", wrong);
    }
  }

  private static int prefix(String text) {
    return PREFIX.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }

  private static byte[] mask(byte[] address, int prefix) {
    final byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      final int kept = Math.clamp(prefix - i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && network.prefix == prefix
        && Arrays.equals(network.address, address);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(address) * 31 + prefix;
  }

  /// Its one spelling.
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + prefix;
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
