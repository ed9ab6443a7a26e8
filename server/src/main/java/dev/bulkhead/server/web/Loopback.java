package dev.bulkhead.server.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Whether an address stays on this machine.
final class Loopback {
  private Loopback() {}

  static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
