package dev.bulkhead.agent.link;

import dev.bulkhead.agent.identity.HostIdentity;
import dev.bulkhead.agent.identity.Pem;
import dev.bulkhead.agent.identity.StateDirectory;
import dev.bulkhead.agent.log.AgentLog;
import dev.bulkhead.agent.opamp.AgentDescription;
import dev.bulkhead.agent.opamp.OpampEncoder;
import dev.bulkhead.agent.spool.Spool;
import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.join.LinkAddress;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Keeps one connection to the server for as long as the agent runs.
///
/// Tries every address in order, for ever, with [Backoff] between rounds; gets another certificate
/// in time, or when the server takes the old one no more. [#run()] belongs to one thread; the other
/// methods to any.
public final class ServerLink implements Runnable {

  private static final Duration RENEWAL_RETRY = Duration.ofMinutes(5);
  private static final String REJOIN =
      "Stop this agent; or join anew: remove its state directory, and use a new code of 'Add host'.";

  private final AgentDescription description;
  private final Spool spool;
  private final SampleRate rate;
  private final LinkState state;
  private final AgentLog log;
  private final Backoff backoff;
  private final Renewal renewal;
  private final HostCredentials credentials;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<@Nullable String> processes = new AtomicReference<>();
  private final long startMillis;

  private volatile boolean stopping;
  private volatile boolean hurry;
  private volatile @Nullable LinkSession session;
  private boolean renewFirst;
  private boolean removed;
  private long renewalTriedAt;
  private boolean renewalTried;
  private String lastFailure = "";

  /// A link for the host whose identity the directory holds.
  public ServerLink(
      StateDirectory directory,
      HostIdentity identity,
      AgentDescription description,
      Spool spool,
      SampleRate rate,
      LinkState state,
      Clock clock,
      AgentLog log,
      Backoff backoff) {
    this.description = description;
    this.spool = spool;
    this.rate = rate;
    this.state = state;
    this.log = log;
    this.backoff = backoff;
    this.renewal = new Renewal(directory, clock, log);
    this.credentials = new HostCredentials(directory, identity, log, System::nanoTime);
    this.startMillis = clock.millis();
  }

  /// Connects and serves until [#stop()].
  @Override
  public void run() {
    while (!stopping) {
      boolean again = false;
      try {
        renewIfDue(true);
        again = !removed && connectAndServe();
      } catch (IOException | GeneralSecurityException e) {
        report(e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      if (!again && !stopping && !pause()) {
        return;
      }
    }
  }

  private boolean pause() {
    long deadline = System.nanoTime() + backoff.next().toNanos();
    try {
      while (!stopping && !hurry && deadline - System.nanoTime() > 0) {
        long seen = spool.changes();
        spool.awaitChange(seen, deadline - System.nanoTime());
      }
      hurry = false;
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether the link should come up again at once.
  private boolean connectAndServe()
      throws IOException, GeneralSecurityException, InterruptedException {
    HostIdentity identity = credentials.identity();
    X509Certificate authority = Pem.parseCertificate(identity.authority());
    PinnedTrust trust = new PinnedTrust(Sha256.digest(authority.getEncoded()), authority);
    HostKeyManager key = credentials.keyManager();
    IOException last = new IOException("no address");
    for (LinkAddress address : identity.addresses()) {
      if (stopping) {
        return false;
      }
      try (TlsConnection connection = TlsConnection.open(address, trust, key)) {
        WebSocket socket = upgrade(connection, address);
        connection.waitForEver();
        return serve(connection, socket, address);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private WebSocket upgrade(TlsConnection connection, LinkAddress address) throws IOException {
    try {
      return WebSocket.upgrade(
          connection.in(), connection.out(), address.toString(), TelemetryChannel.PATH, random);
    } catch (WebSocketException e) {
      renewFirst = e.status() == 401;
      throw e;
    } catch (SSLException e) {
      // In TLS 1.3 a client learns at its first read that its certificate was refused.
      renewFirst = true;
      throw e;
    }
  }

  private boolean serve(TlsConnection connection, WebSocket socket, LinkAddress address)
      throws IOException, GeneralSecurityException, InterruptedException {
    OpampEncoder encoder =
        new OpampEncoder(credentials.identity().hostId(), description, startMillis);
    LinkSession current =
        new LinkSession(connection, socket, encoder, spool, state, rate, processes, log, "monitor");
    session = current;
    state.countConnection();
    lastFailure = "";
    log.info("link_up", "address", address.toString());
    try {
      int code = current.serve(() -> stopping, () -> renewIfDue(false));
      IOException cause = state.lastEnd();
      if (code == 0 && cause != null) {
        throw cause;
      }
      return code == WebSocket.SERVICE_RESTART;
    } finally {
      session = null;
      if (current.hasProvenItself(System.nanoTime())) {
        backoff.reset();
      }
    }
  }

  /// Whether there is another certificate now. A failure is reported and tried again later: while
  /// the old certificate lasts, the link may stay.
  private boolean renewIfDue(boolean unconnected) {
    credentials.saveIfDue();
    HostIdentity identity = credentials.identity();
    try {
      boolean forced = unconnected && renewFirst;
      boolean due = forced || renewal.isDue(Pem.parseCertificate(identity.certificate()));
      long now = System.nanoTime();
      boolean early = renewalTried && now - renewalTriedAt < RENEWAL_RETRY.toNanos();
      if (!due || (!unconnected && early)) {
        removed = removed && due;
        return false;
      }
      renewalTried = true;
      renewalTriedAt = now;
      Renewal.Renewed renewed = renewal.renew(identity);
      credentials.replace(renewed.identity(), renewed.key());
      renewFirst = false;
      removed = false;
      return true;
    } catch (IOException | GeneralSecurityException e) {
      // Its certificate is refused too, so there is nothing to connect for; but a server that was
      // restored from a backup may know the host again.
      removed = e instanceof RenewalRefusedException refused && refused.isRemoved();
      report(e);
      return false;
    }
  }

  private void report(Exception failure) {
    String cause =
        failure instanceof IOException io && !(io instanceof RenewalRefusedException)
            ? LinkFailure.of(io).code()
            : "refused";
    String message = cause + " " + failure.getMessage();
    // The same failure again and again is one line.
    if (!message.equals(lastFailure)) {
      lastFailure = message;
      if (removed) {
        log.warn("host_removed", "detail", String.valueOf(failure.getMessage()), "remedy", REJOIN);
        return;
      }
      log.warn("link_down", "cause", cause, "detail", String.valueOf(failure.getMessage()));
    }
  }

  /// The newest report of processes; it replaces one that has not been sent.
  public void offerProcesses(String json) {
    processes.set(json);
    spool.signal();
  }

  /// Looks whether the connection is alive; to be called every few seconds.
  public void checkAlive(long nanos) {
    LinkSession current = session;
    if (current != null) {
      current.checkAlive(nanos);
    }
  }

  /// The machine has slept, or its clock was set: begins anew without waiting.
  public void restart() {
    hurry = true;
    LinkSession current = session;
    if (current != null) {
      current.abort();
    }
    spool.signal();
  }

  /// Whether a connection is up.
  public boolean isUp() {
    return session != null;
  }

  /// Ends the link; [#run()] returns soon after.
  public void stop() {
    stopping = true;
    spool.signal();
  }
}
