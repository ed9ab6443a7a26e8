package dev.bulkhead.cli.up;

import dev.bulkhead.cli.CommandFailure;
import dev.bulkhead.cli.up.ShortCommand.Outcome;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// This machine's own agent. It runs as whoever runs the supervisor, and joins by a code that the
/// server leaves in its directory once there is an owner to join.
final class AgentProcess implements Child {

  // The launcher runs `bulkhead agent` with the same: a test compares them.
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "-Xms4m",
          "-Xmn2m",
          "-Xmx16m",
          "-Xss256k",
          "-XX:ReservedCodeCacheSize=8m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:TrimNativeHeapInterval=5000");

  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final Duration MOST_JOIN = Duration.ofSeconds(60);

  private final StateDirectory state;
  private final Account account;
  private final AccountFiles serverFiles;
  private final Installation installation;
  private final Announcer announcer;
  private volatile @Nullable JavaProcess process;
  private boolean lossSaid;

  AgentProcess(
      StateDirectory state, Account server, Installation installation, Announcer announcer) {
    this.state = state;
    this.account = Account.ofInvoker();
    this.serverFiles = new AccountFiles(server);
    this.installation = installation;
    this.announcer = announcer;
  }

  @Override
  public String name() {
    return "agent";
  }

  /// Whether the build has made an agent.
  boolean isBuilt() {
    return Installation.holds(installation.agent(), Installation.AGENT);
  }

  @Override
  public void start() throws InterruptedException {
    state.createPrivate(state.agent(), account);
    if (!hasJoined()) {
      if (!sayWhenIdentityIsLost()) {
        announcer.say("agent waits until an owner is set up");
      }
      join(awaitCode());
      announcer.say("agent joined");
    }
    List<String> command = java("run", "--state", state.agent().toString(), "--stop-with-parent");
    process =
        JavaProcess.start(
            account,
            command,
            ChildEnvironment.ofAgent(System.getenv()),
            state.agent().resolve("agent.log"));
    announcer.say("agent started");
  }

  @Override
  public String awaitEnd() throws InterruptedException {
    JavaProcess watched = process;
    if (watched == null) {
      throw new IllegalStateException("the agent has not been started");
    }
    return watched.awaitEnd();
  }

  @Override
  public void stop() throws InterruptedException {
    JavaProcess running = process;
    if (running != null) {
      running.stop();
    }
  }

  /// Ends an agent that a killed supervisor left behind.
  void endLeftover() throws InterruptedException {
    Leftovers.awaitEnd(
        List.of(Installation.AGENT, "--stop-with-parent", state.agent().toString()),
        account.uid(),
        Duration.ofSeconds(20));
  }

  private boolean hasJoined() {
    return Files.exists(state.agent().resolve("identity.json"), LinkOption.NOFOLLOW_LINKS);
  }

  /// The server makes one host of this machine, and no second code while that host is there: an
  /// agent whose identity is gone would wait without end. Said once.
  ///
  /// @return whether this is so
  private boolean sayWhenIdentityIsLost() {
    Path joined = state.server().resolve("local-host-joined");
    if (!Files.exists(joined, LinkOption.NOFOLLOW_LINKS)) {
      // The host was removed, or this machine never joined.
      lossSaid = false;
      return false;
    }
    if (!lossSaid) {
      lossSaid = true;
      announcer.say(
          "agent cannot join: this machine has joined before, but its identity is gone from "
              + state.agent());
      announcer.say(
          "  What to do: remove this machine's host on the web page; the agent then joins anew.");
    }
    return true;
  }

  private String awaitCode() throws InterruptedException {
    Path file = state.server().resolve("local-join-code");
    Condition.await(
        GLANCE,
        () -> {
          if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
          }
          sayWhenIdentityIsLost();
          return false;
        });
    Optional<String> code = serverFiles.read(file);
    return code.orElseThrow(() -> new CommandFailure("The server's join code cannot be read"));
  }

  /// The code goes by a pipe: every user of the machine can read a command line.
  private void join(String code) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    ChildEnvironment.ofAgent(System.getenv())
        .forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(java("join", "--state", state.agent().toString(), "--code-file", "-"));
    Outcome outcome =
        ShortCommand.of(account.as(command)).withInput(code.strip() + "\n").within(MOST_JOIN).run();
    if (!outcome.isDone()) {
      throw new CommandFailure("The agent could not join: " + outcome.printable().strip());
    }
  }

  private List<String> java(String... arguments) {
    List<String> command = new ArrayList<>(List.of(installation.javaProgram()));
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", installation.agent() + "/*", Installation.AGENT));
    command.addAll(List.of(arguments));
    return command;
  }
}
