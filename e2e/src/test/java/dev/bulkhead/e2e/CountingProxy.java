package dev.bulkhead.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes connections on to a port of this machine, and counts them.
final class CountingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  CountingProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// How many there have been.
  int connections() {
    return connections.get();
  }

  /// How many there are.
  int open() {
    return open.get();
  }

  /// How many have ended.
  int closed() {
    return connections.get() - open.get();
  }

  private void accept() {
    try {
      while (true) {
        final Socket client = listener.accept();
        connections.incrementAndGet();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      final Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException ended) {
      // One end is gone, and so goes the other.
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  /// Until one side ends, which ends the other.
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Nothing is left to pass on.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
