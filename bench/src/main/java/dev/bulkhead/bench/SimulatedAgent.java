package dev.bulkhead.bench;

import dev.bulkhead.agent.HostFacts;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.link.Backoff;
import dev.bulkhead.agent.link.LinkState;
import dev.bulkhead.agent.link.SampleRate;
import dev.bulkhead.agent.link.ServerLink;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.agent.otlp.OtlpEncoder;
import dev.bulkhead.agent.spool.Spool;
import dev.bulkhead.agent.spool.SpoolLimits;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongConsumer;

/// An agent whose link, spool and encoder are the real ones and whose host is not: it samples every
/// ten seconds and notes how long each sample took to be acknowledged.
final class SimulatedAgent {

  private static final Duration INTERVAL = SampleInterval.NORMAL.duration();

  private final Spool spool;
  private final OtlpEncoder encoder;
  private final SyntheticHost host;
  private final LinkState state = new LinkState(() -> {});
  private final ServerLink link;
  private final LongConsumer latencies;
  private final long phaseNanos;
  private volatile boolean stopping;
  // Up to which connection everything has been acknowledged, and when that was.
  private volatile long settledConnection;
  private volatile long settledNanos;

  /// @param latencies gets the time from each sample to its acknowledgement
  SimulatedAgent(
      StateDirectory directory,
      HostIdentity identity,
      HostFacts facts,
      AgentLog log,
      LongConsumer latencies,
      Random random) {
    this.latencies = latencies;
    this.spool = Spool.open(directory.spool(), SpoolLimits.DEFAULT);
    this.encoder = new OtlpEncoder(identity.hostId().toString(), facts.hostname());
    this.host = new SyntheticHost(random);
    this.phaseNanos = random.nextLong(INTERVAL.toNanos());
    this.link =
        new ServerLink(
            directory,
            identity,
            facts.describe(),
            spool,
            new SampleRate(),
            state,
            Clock.systemUTC(),
            log,
            new Backoff(new SecureRandom()));
  }

  void start() {
    Thread.ofVirtual().start(link);
    Thread.ofVirtual().start(this::sampleUntilStopped);
  }

  void stop() {
    stopping = true;
    link.stop();
  }

  /// How often the link came up.
  long connections() {
    return state.connections();
  }

  /// Whether everything was acknowledged on a connection after that many.
  boolean hasSettledAfter(long connections) {
    return settledConnection > connections;
  }

  /// When it last was so, by the monotonic clock.
  long settledNanos() {
    return settledNanos;
  }

  private void sampleUntilStopped() {
    try {
      long due = System.nanoTime() + phaseNanos;
      sampleAt(System.nanoTime());
      while (!stopping) {
        awaitAcknowledged(due);
        long rest = due - System.nanoTime();
        if (rest > 0) {
          Thread.sleep(Duration.ofNanos(rest));
        }
        sampleAt(due);
        due += INTERVAL.toNanos();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sampleAt(long nanos) {
    encoder.begin(System.currentTimeMillis(), 0);
    host.sample(encoder);
    spool.append(encoder.finish());
    link.checkAlive(nanos);
  }

  private void awaitAcknowledged(long until) throws InterruptedException {
    long begun = System.nanoTime();
    while (!stopping) {
      long seen = spool.changes();
      long connection = state.connections();
      var status = spool.status();
      long now = System.nanoTime();
      if (status.acknowledged() >= status.newest()) {
        latencies.accept(now - begun);
        if (connection > settledConnection) {
          settledNanos = now;
          settledConnection = connection;
        }
        return;
      }
      if (until - now <= 0) {
        return;
      }
      spool.awaitChange(seen, until - now);
    }
  }
}
