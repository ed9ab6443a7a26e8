package dev.bulkhead.server.live;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.enrolment.JoinCodeView;
import dev.bulkhead.server.enrolment.JoinEvents;
import dev.bulkhead.server.fleet.Fleet;
import dev.bulkhead.server.fleet.FleetFeed;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.HostLinks;
import dev.bulkhead.server.fleet.Presence;
import dev.bulkhead.server.identity.SessionWatch;
import dev.bulkhead.server.networks.AllowedNetworks;
import dev.bulkhead.server.telemetry.LiveSamples;
import dev.bulkhead.server.telemetry.Sample;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Serves the open live views, each by the blocking virtual thread of its request, and keeps their
/// number bounded. Whoever watches a host has it measured every second. Thread-safe.
@Component
public final class LiveStreams implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
  private static final int PER_PERSON = 16;
  private static final int IN_ALL = 200;
  private static final Duration WATCHED_INTERVAL = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofMillis(250);
  private static final Duration PING = Duration.ofSeconds(15);
  // With a turn of the loop, a stream ends within a second of its session or its rights.
  private static final Duration SESSION_CHECK = Duration.ofMillis(500);

  private final Fleet fleet;
  private final FleetFeed feed;
  private final LiveSamples samples;
  private final JoinEvents joins;
  private final ObjectProvider<HostLinks> links;
  private final SessionWatch sessions;
  private final AllowedNetworks networks;
  private final JsonMapper json;
  private final Map<LiveStream, SignedIn> open = new ConcurrentHashMap<>();
  private volatile boolean running;

  LiveStreams(
      Fleet fleet,
      FleetFeed feed,
      LiveSamples samples,
      JoinEvents joins,
      ObjectProvider<HostLinks> links,
      SessionWatch sessions,
      AllowedNetworks networks,
      JsonMapper json) {
    this.fleet = fleet;
    this.feed = feed;
    this.samples = samples;
    this.joins = joins;
    this.links = links;
    this.sessions = sessions;
    this.networks = networks;
    this.json = json;
  }

  private record SampleEvent(UUID host, long at, List<Metric> metrics) {}

  private record Metric(String name, Map<String, String> attributes, double value) {}

  /// Writes events until the browser leaves, the session ends or the server stops.
  ///
  /// @param address from where the view was opened
  void serve(SignedIn who, String address, Optional<HostKey> host, HttpServletResponse response)
      throws IOException {
    final LiveStream stream = admit(who);
    final BooleanSupplier mayLook = () -> sessions.stands(who) && networks.allow(who, address);
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding("UTF-8");
    final OutputStream out = response.getOutputStream();
    final FleetFeed.Watch watch = feed.watch(who, changes -> stream.offer("hosts", changes));
    final JoinEvents.Subscription joining =
        joins.subscribe(who, status -> stream.offer("join", JoinCodeView.of(status)));
    try {
      stream.write(out, new LiveStream.Event("ping", Map.of()));
      if (host.isPresent()) {
        serveHost(who, host.get(), mayLook, stream, out);
      } else {
        serveFleet(mayLook, stream, out);
      }
    } catch (IOException left) {
      LOG.atDebug()
          .setMessage("live view closed by its browser")
          .addKeyValue("tenant", who.tenantId())
          .log();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      joining.close();
      watch.close();
      open.remove(stream);
    }
  }

  /// Ends every live view of a tenant, because it has ended.
  public void closeAll(UUID tenant) {
    open.forEach(
        (stream, who) -> {
          if (who.tenantId().equals(tenant)) {
            stream.close();
          }
        });
  }

  private synchronized LiveStream admit(SignedIn who) {
    final long mine =
        open.values().stream().filter(one -> one.personId().equals(who.personId())).count();
    if (mine >= PER_PERSON || open.size() >= IN_ALL || !running) {
      throw ProblemException.limited(
          ProblemType.TOO_MANY_STREAMS, "Close another tab of this server first.", PING);
    }
    final LiveStream stream = new LiveStream(json);
    open.put(stream, who);
    return stream;
  }

  private void serveFleet(BooleanSupplier mayLook, LiveStream stream, OutputStream out)
      throws IOException, InterruptedException {
    final Rhythm rhythm = new Rhythm(mayLook);
    while (rhythm.goesOn(stream, out)) {
      writeOne(stream, out, TURN);
    }
  }

  private void serveHost(
      SignedIn who, HostKey host, BooleanSupplier mayLook, LiveStream stream, OutputStream out)
      throws IOException, InterruptedException {
    try (LiveSamples.Subscription subscription = samples.subscribe(host.tenant(), host.host())) {
      links.ifAvailable(link -> link.sampleEvery(host, WATCHED_INTERVAL));
      final Rhythm rhythm = new Rhythm(() -> mayLook.getAsBoolean() && fleet.sees(who, host));
      while (rhythm.goesOn(stream, out)) {
        final Optional<LiveSamples.Event> event = subscription.take(TURN);
        if (event.isPresent() && event.get() instanceof LiveSamples.Event.Arrived arrived) {
          for (SampleEvent sample : byTime(host.host(), arrived.batch().samples())) {
            stream.write(out, new LiveStream.Event("sample", sample));
          }
        }
        writeOne(stream, out, Duration.ZERO);
      }
    } finally {
      if (!samples.isWatched(host.tenant(), host.host())) {
        links.ifAvailable(link -> link.sampleEvery(host, Presence.INTERVAL));
      }
    }
  }

  private static void writeOne(LiveStream stream, OutputStream out, Duration patience)
      throws IOException, InterruptedException {
    final Optional<LiveStream.Event> event = stream.poll(patience);
    if (event.isPresent()) {
      stream.write(out, event.get());
    }
  }

  // One message may carry several moments, after an outage many.
  private static List<SampleEvent> byTime(UUID host, List<Sample> samples) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(
                sample -> sample.epochMicros() / 1_000,
                TreeMap::new,
                Collectors.mapping(
                    sample ->
                        new Metric(
                            sample.series().metric(), sample.series().attributes(), sample.value()),
                    Collectors.toList())))
        .entrySet()
        .stream()
        .map(moment -> new SampleEvent(host, moment.getKey(), moment.getValue()))
        .toList();
  }

  /// Pings so that a dead connection is noticed, and asks whether its person may still look.
  private final class Rhythm {
    private final BooleanSupplier mayLook;
    private long lastPing = System.nanoTime();
    private long lastCheck = lastPing;

    Rhythm(BooleanSupplier mayLook) {
      this.mayLook = mayLook;
    }

    boolean goesOn(LiveStream stream, OutputStream out) throws IOException {
      final long now = System.nanoTime();
      if (now - lastPing > PING.toNanos()) {
        lastPing = now;
        stream.write(out, new LiveStream.Event("ping", Map.of()));
      }
      if (now - lastCheck > SESSION_CHECK.toNanos()) {
        lastCheck = now;
        return running && !stream.isClosed() && mayLook.getAsBoolean();
      }
      return running && !stream.isClosed();
    }
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    open.keySet().forEach(LiveStream::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  // Streams end before the listener waits for its requests to end.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
