package dev.bulkhead.e2e;

import dev.bulkhead.protocol.join.JoinCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A real agent of a state directory of its own, beside the one that `up` runs.
final class AgentProcess implements AutoCloseable {
  private final Path log;
  private final Process process;

  private AgentProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  static Path newState() {
    try {
      return Files.createTempDirectory("bulkhead-agent");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Tries to join; the code goes by a pipe.
  static Up.Finished join(Path state, String code) {
    return Up.run(
        Map.of(), Up.agent("join", "--state", state.toString(), "--code-file", "-"), code + "\n");
  }

  static Up.Finished join(Path state, JoinCode code) {
    return join(state, code.encode());
  }

  /// Runs the agent of a host that has joined.
  static AgentProcess run(Path state) {
    final Path log = state.resolveSibling(state.getFileName() + ".log");
    try {
      return new AgentProcess(
          log,
          new ProcessBuilder(Up.agent("run", "--state", state.toString()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
