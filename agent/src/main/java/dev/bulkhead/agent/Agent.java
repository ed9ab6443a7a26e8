package dev.bulkhead.agent;

import dev.bulkhead.agent.collect.Probe;
import dev.bulkhead.agent.collect.ProcessReport;
import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.link.Backoff;
import dev.bulkhead.agent.link.ClockWatch;
import dev.bulkhead.agent.link.LinkState;
import dev.bulkhead.agent.link.SampleClock;
import dev.bulkhead.agent.link.SampleRate;
import dev.bulkhead.agent.link.ServerLink;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.agent.otlp.OtlpEncoder;
import dev.bulkhead.agent.spool.Spool;
import dev.bulkhead.agent.spool.SpoolLimits;
import dev.bulkhead.agent.spool.SpoolStatus;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The running agent: samples on the thread that calls [#run()], and a link on another.
public final class Agent {

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
  private static final Duration SLEPT = Duration.ofSeconds(30);
  private static final Duration LINK_END = Duration.ofSeconds(3);

  private final Probe probe;
  private final Clock clock;
  private final AgentLog log;
  private final OtlpEncoder encoder;
  private final Spool spool;
  private final SampleClock sampleClock;
  private final SampleRate rate = new SampleRate();
  private final ClockWatch watch = new ClockWatch(CLOCK_TOLERANCE);
  private final ServerLink link;
  private final Object wake = new Object();
  private boolean woken;
  private volatile boolean stopping;
  private boolean onDisk = true;
  private long losses;

  /// An agent for a host that has joined.
  public Agent(
      StateDirectory state,
      HostIdentity identity,
      HostFacts facts,
      Probe probe,
      Clock clock,
      AgentLog log) {
    this.probe = probe;
    this.clock = clock;
    this.log = log;
    this.encoder = new OtlpEncoder(identity.hostId().toString(), facts.hostname());
    this.spool = Spool.open(state.spool(), SpoolLimits.DEFAULT);
    this.sampleClock = new SampleClock(spool.writtenMillis());
    this.link =
        new ServerLink(
            state,
            identity,
            facts.describe(),
            spool,
            rate,
            new LinkState(this::wake),
            clock,
            log,
            Backoff.of(identity.addresses(), new SecureRandom()));
  }

  /// Samples until [#stop()]; ends the link and the spool in order.
  public void run() throws InterruptedException {
    Thread linkThread = Thread.ofPlatform().daemon().name("link").stackSize(256 * 1024).start(link);
    // Rates need two samples: somebody who has just started the agent should not wait for them.
    rate.set(SampleInterval.FAST, System.nanoTime());
    long bootMillis = probe.bootMillis();
    try {
      while (!stopping) {
        long nanos = System.nanoTime();
        sample(nanos, bootMillis);
        awaitNext(nanos);
      }
    } finally {
      link.stop();
      boolean ended = linkThread.join(LINK_END);
      spool.close();
      log.info("agent_stopped", "link_ended", Boolean.toString(ended));
    }
  }

  private void sample(long nanos, long bootMillis) {
    long wallMillis = clock.millis();
    lookAtClocks(wallMillis, nanos);
    boolean watched = rate.at(nanos) == SampleInterval.FAST;
    Optional<ProcessReport> report = probe.processes(nanos, wallMillis, watched);
    encoder.begin(sampleClock.next(wallMillis, nanos), bootMillis);
    probe.sample(nanos, encoder);
    if (encoder.values() > 0) {
      spool.append(encoder.finish());
    }
    report.map(ProcessReport::toJson).ifPresent(link::offerProcesses);
    link.checkAlive(nanos);
    lookAtSpool();
  }

  private void lookAtClocks(long wallMillis, long nanos) {
    Duration jump = watch.jump(wallMillis, nanos);
    if (jump.isZero()) {
      return;
    }
    log.info("clock_jumped", "seconds", Long.toString(jump.toSeconds()));
    // Forward by this much, the machine has most likely slept, and the connection with it.
    if (jump.compareTo(SLEPT) > 0) {
      link.restart();
    }
  }

  private void lookAtSpool() {
    SpoolStatus status = spool.status();
    if (status.onDisk() != onDisk) {
      onDisk = status.onDisk();
      log.warn(onDisk ? "spool_recovered" : "spool_in_memory", "lost", "" + status.lost());
    }
    long now = status.dropped() + status.lost();
    if (now > losses && losses == 0) {
      log.warn("samples_dropped", "dropped", "" + status.dropped(), "lost", "" + status.lost());
    }
    losses = now;
  }

  // The interval is asked anew whenever the server says something about it.
  private void awaitNext(long sampledAt) throws InterruptedException {
    synchronized (wake) {
      while (!stopping) {
        woken = false;
        long interval = rate.at(System.nanoTime()).duration().toNanos();
        long rest = sampledAt + interval - System.nanoTime();
        if (rest <= 0) {
          return;
        }
        while (!woken && rest > 0) {
          wake.wait(rest / 1_000_000, (int) (rest % 1_000_000));
          rest = sampledAt + interval - System.nanoTime();
        }
      }
    }
  }

  private void wake() {
    synchronized (wake) {
      woken = true;
      wake.notifyAll();
    }
  }

  /// Ends the agent; [#run()] returns soon after. From any thread.
  public void stop() {
    stopping = true;
    wake();
  }
}
