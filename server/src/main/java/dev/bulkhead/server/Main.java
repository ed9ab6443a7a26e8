package dev.bulkhead.server;

import dev.bulkhead.server.configuration.ConfigurationException;
import dev.bulkhead.server.configuration.ConfigurationFile;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.io.IOException;
import java.nio.file.Path;

/// Starts the server: `server --config FILE`. Exit codes: 0 stopped, 1 could not start, 2 wrong
/// arguments.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      System.err.println("usage: server --config FILE");
      System.exit(2);
    }
    try {
      final ServerConfiguration configuration = ConfigurationFile.read(Path.of(arguments[1]));
      if (configuration.stopWithParent()) {
        Thread.ofPlatform().daemon().name("parent").start(Main::stopWithParent);
      }
      ServerApplication.start(configuration);
    } catch (ConfigurationException wrong) {
      System.err.println("The server cannot start: " + wrong.getMessage());
      System.exit(1);
    }
  }

  // The supervisor holds the other end of standard input: its end is the supervisor's, however it
  // came.
  private static void stopWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is expected; only the end counts.
      }
    } catch (IOException closed) {
      // A broken pipe says the same as its end.
    }
    System.exit(0);
  }
}
