package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// Which TCP ports of this machine are free.
final class Ports {

  // Below 32768, where the system takes ports for outgoing connections: one of those must not sit
  // on PostgreSQL's port when it is started again.
  private static final int LOWEST = 20_000;
  private static final int ABOVE = 32_000;
  private static final int MOST_TRIES = 200;

  private Ports() {}

  static boolean isFree(String address, int port) {
    return whyTaken(address, port).isEmpty();
  }

  /// A free port of 127.0.0.1.
  static int findFree(RandomGenerator random) {
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = random.nextInt(LOWEST, ABOVE);
      if (isFree("127.0.0.1", port)) {
        return port;
      }
    }
    throw new CommandFailure(
        "No free port between "
            + LOWEST
            + " and "
            + ABOVE
            + " on 127.0.0.1.\nStop what holds them.");
  }

  /// @throws CommandFailure when the port cannot be bound; the message names the option to change
  static void requireFree(String address, int port, String option) {
    String why = whyTaken(address, port);
    if (!why.isEmpty()) {
      throw new CommandFailure(
          "Port %d on %s cannot be used (%s).\nStop what uses it, or choose another: %s N"
              .formatted(port, address, why, option));
    }
  }

  /// The server has no privileges, even when the supervisor is root.
  ///
  /// @throws CommandFailure when only a privileged process may bind this port
  static void requireUnprivileged(int port, String option) {
    int lowest = lowestUnprivileged();
    if (port < lowest) {
      throw new CommandFailure(
          "Port %d needs privileges that the server does not have.\nChoose one from %d up: %s N"
              .formatted(port, lowest, option));
    }
  }

  /// @throws CommandFailure when no interface of this machine has the address
  static void requireLocal(String address, String option) {
    InetAddress wanted = InetAddress.ofLiteral(address);
    try {
      if (!wanted.isAnyLocalAddress() && NetworkInterface.getByInetAddress(wanted) == null) {
        throw new CommandFailure(
            "%s is no address of this machine.\nSee `ip address`, and choose one of those: %s ADDR"
                .formatted(address, option));
      }
    } catch (SocketException e) {
      throw new CommandFailure("Could not list this machine's addresses: " + e.getMessage(), e);
    }
  }

  private static int lowestUnprivileged() {
    // Such a file must be read at one go: a second read, after a byte, finds its end.
    try (BufferedReader reader =
        Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))) {
      return Integer.parseInt(reader.readLine());
    } catch (IOException e) {
      // Kernels before 4.11, and containers without /proc/sys: the number it has always been.
      return 1024;
    }
  }

  private static String whyTaken(String address, int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
