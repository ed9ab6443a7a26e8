package dev.bulkhead.bench;

import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.link.Enrolment;
import dev.bulkhead.agent.link.JoinResult;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.protocol.join.JoinCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Many simulated agents in this process, each with keys, certificate, spool and link of its own.
final class SimulatedFleet implements AutoCloseable {

  // A tenant has at most twenty open join codes.
  private static final int JOIN_AT_ONCE = 16;
  private static final Duration LIMITED = Duration.ofSeconds(1);
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final long SEED = 20_261_120;

  private final Path directory;
  private final JoinCodes codes;
  private final PrintStream logFile;
  private final AgentLog log;
  private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();
  private final AtomicInteger limited = new AtomicInteger();
  private final Latencies joins = new Latencies();
  private volatile Latencies acknowledgements = new Latencies();

  SimulatedFleet(Path directory, ServerApi api) throws IOException {
    this.directory = directory;
    this.codes = new JoinCodes(api);
    this.logFile =
        new PrintStream(
            Files.newOutputStream(directory.resolve("agents.log")), false, StandardCharsets.UTF_8);
    this.log = new AgentLog(logFile, Clock.systemUTC());
  }

  /// Joins so many hosts, a few at once, and starts each at once.
  void join(int count) throws InterruptedException {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(JOIN_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<?>> all =
          IntStream.range(0, count)
              .<Future<?>>mapToObj(number -> workers.submit(() -> joinOne(number)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new MeasurementFailure("a host did not join", e);
    }
  }

  private SimulatedAgent joinOne(int number)
      throws IOException, GeneralSecurityException, InterruptedException {
    HostFacts facts =
        new HostFacts(
            String.format(Locale.ROOT, "sim-%05d", number), "Simulated Linux", "6.0", "amd64");
    StateDirectory state = StateDirectory.open(directory.resolve(facts.hostname()));
    long begun = System.nanoTime();
    HostIdentity identity = joined(state, facts);
    joins.add(System.nanoTime() - begun);
    SimulatedAgent agent =
        new SimulatedAgent(
            state,
            identity,
            facts,
            log,
            nanos -> acknowledgements.add(nanos),
            new Random(SEED + number));
    agent.start();
    agents.add(agent);
    return agent;
  }

  private HostIdentity joined(StateDirectory state, HostFacts facts)
      throws IOException, GeneralSecurityException, InterruptedException {
    // Asked to wait, a host comes again with the same code: it has not been used.
    JoinCode code = codes.create();
    while (true) {
      switch (new Enrolment(state, facts, Clock.systemUTC()).join(code)) {
        case JoinResult.Joined(HostIdentity identity) -> {
          return identity;
        }
        case JoinResult.Failed failed when failed.code().contains("limited") -> {
          limited.incrementAndGet();
          Thread.sleep(LIMITED);
        }
        case JoinResult.Failed failed -> throw new MeasurementFailure(failed.toString());
      }
    }
  }

  List<SimulatedAgent> agents() {
    return agents;
  }

  /// How often the server asked a host to wait before it joined.
  int limited() {
    return limited.get();
  }

  /// The time that each join took, from the first key to the certificate on disk.
  Latencies joins() {
    return joins;
  }

  /// Forgets all times so far, and returns where the next ones go.
  Latencies newAcknowledgements() {
    Latencies fresh = new Latencies();
    acknowledgements = fresh;
    return fresh;
  }

  /// Waits until every agent is as wanted.
  ///
  /// @return how many are, in the end
  int await(Predicate<SimulatedAgent> wanted, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      int count = (int) agents.stream().filter(wanted).count();
      if (count == agents.size() || deadline - System.nanoTime() <= 0) {
        return count;
      }
      Thread.sleep(GLANCE);
    }
  }

  @Override
  public void close() {
    agents.forEach(SimulatedAgent::stop);
    logFile.close();
  }
}
