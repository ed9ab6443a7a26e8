package dev.bulkhead.server.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.protocol.telemetry.SampleInterval;
import dev.bulkhead.protocol.telemetry.TelemetryChannel;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.fleet.Fleet;
import dev.bulkhead.server.fleet.HostCounters;
import dev.bulkhead.server.fleet.HostDescription;
import dev.bulkhead.server.fleet.HostKey;
import dev.bulkhead.server.fleet.HostLinks;
import dev.bulkhead.server.fleet.Hosts;
import dev.bulkhead.server.fleet.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okio.ByteString;
import opamp.proto.AgentDescription;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The conversations that are open, one for each host, and what the fleet asks of them.
/// Thread-safe.
@Component
final class OpampLinks implements HostLinks {
  private static final Logger LOG = LoggerFactory.getLogger(OpampLinks.class);
  private static final int MAX_MESSAGE = TelemetryChannel.MAX_DATA + 4096;
  private static final int MAX_TEXT = 4096;
  private static final int MAX_OUTGOING_FRAMES = 128;
  private static final Duration IDLE = Duration.ofSeconds(90);
  private static final Duration GOODBYE = Duration.ofMillis(500);
  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration ONCE_A = Duration.ofMinutes(1);
  private static final int ASK_AGAIN_MILLIS = 10_000;
  private static final int UID_LENGTH = 16;
  private static final int KNOCK_MILLIS = 10_000;

  private final LinkConnections connections;
  private final Hosts hosts;
  private final Fleet fleet;
  private final Presence presence;
  private final HostCounters counters;
  private final Database database;
  private final AuditLog audit;
  private final ObjectProvider<TelemetryInbox> inbox;
  private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<HostKey, OpampLink> current = new ConcurrentHashMap<>();
  private final Set<HostKey> fast = ConcurrentHashMap.newKeySet();
  private final Cache<HostKey, LinkPace> paces =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterAccess(ONCE_A).build();
  private final Cache<String, Boolean> lately =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(ONCE_A).build();

  OpampLinks(
      LinkConnections connections,
      Hosts hosts,
      Fleet fleet,
      Presence presence,
      HostCounters counters,
      Database database,
      AuditLog audit,
      ObjectProvider<TelemetryInbox> inbox) {
    this.connections = connections;
    this.hosts = hosts;
    this.fleet = fleet;
    this.presence = presence;
    this.counters = counters;
    this.database = database;
    this.audit = audit;
    this.inbox = inbox;
  }

  void configure(ServerWebSocketContainer container) {
    container.setMaxBinaryMessageSize(MAX_MESSAGE);
    container.setMaxFrameSize(MAX_MESSAGE);
    container.setMaxTextMessageSize(MAX_TEXT);
    container.setMaxOutgoingFrames(MAX_OUTGOING_FRAMES);
    container.setIdleTimeout(IDLE);
    container.addMapping(
        TelemetryChannel.PATH,
        (request, response, callback) -> {
          // Compression would let a small message become a large one.
          response.setExtensions(List.of());
          return new OpampLink(
              this, LinkRoutes.certificate(request), Request.getRemoteAddr(request));
        });
  }

  @Override
  public void close(HostKey host) {
    final OpampLink link = current.get(host);
    if (link != null) {
      link.close(StatusCode.POLICY_VIOLATION, "this host was removed");
      later(GOODBYE.toNanos(), () -> connections.close(host));
    } else {
      connections.close(host);
    }
    fast.remove(host);
  }

  @Override
  public void closeAll(UUID tenant) {
    current.forEach(
        (host, link) -> {
          if (host.tenant().equals(tenant)) {
            link.close(StatusCode.POLICY_VIOLATION, "this tenant was deleted");
          }
        });
    connections.refuse(tenant);
    later(GOODBYE.toNanos(), () -> connections.closeAll(tenant));
    fast.removeIf(host -> host.tenant().equals(tenant));
  }

  @Override
  public void reopen(UUID tenant) {
    connections.reopen(tenant);
  }

  @Override
  public void sampleEvery(HostKey host, Duration interval) {
    final SampleInterval wanted =
        interval.compareTo(SampleInterval.NORMAL.duration()) < 0
            ? SampleInterval.FAST
            : SampleInterval.NORMAL;
    final boolean changed = wanted == SampleInterval.FAST ? fast.add(host) : fast.remove(host);
    final OpampLink link = current.get(host);
    if (changed && link != null) {
      link.askInterval(wanted);
    }
  }

  @Scheduled(fixedDelay = ASK_AGAIN_MILLIS)
  void askAgain() {
    for (HostKey host : fast) {
      final OpampLink link = current.get(host);
      if (link != null) {
        link.askInterval(SampleInterval.FAST);
      }
    }
  }

  // A foreign agent may speak as seldom as it likes: it lives while it answers.
  @Scheduled(fixedDelay = KNOCK_MILLIS)
  void knockAtForeign() {
    current.values().stream().filter(OpampLink::isForeign).forEach(OpampLink::knock);
  }

  Optional<TelemetryInbox> inbox() {
    return Optional.ofNullable(inbox.getIfAvailable());
  }

  Optional<SampleInterval> wantedInterval(HostKey host) {
    return fast.contains(host) ? Optional.of(SampleInterval.FAST) : Optional.empty();
  }

  /// Runs work later, never in the caller's thread.
  void later(long nanos, Runnable work) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(work);
  }

  /// Runs what a message asks for; a failure of ours sends the host away, to come back with it.
  void guard(OpampLink link, Runnable work) {
    try {
      work.run();
    } catch (DataAccessException away) {
      LOG.atWarn()
          .setMessage("message not taken")
          .addKeyValue("host", link.host().host())
          .setCause(away)
          .log();
      link.close(StatusCode.TRY_AGAIN_LATER, "the server cannot take this now");
    } catch (RuntimeException unforeseen) {
      // The boundary: Jetty would close the link too, and say nothing of the cause.
      LOG.atError()
          .setMessage("message failed")
          .addKeyValue("host", link.host().host())
          .setCause(unforeseen)
          .log();
      link.close(StatusCode.SERVER_ERROR, "the server failed");
    }
  }

  /// Whose name an instance uid is.
  enum Naming {
    AGENT,
    FOREIGN,
    ANOTHER
  }

  /// Judges the instance uid that a host introduces itself with: an agent of ours has its host's
  /// id, a foreign one what it came with first, which is bound now if it was not before.
  Naming name(HostKey host, ByteString uid) {
    if (uid.size() != UID_LENGTH) {
      return Naming.ANOTHER;
    }
    return database.inTenant(
        host.tenant(),
        () -> {
          if (hosts.bindInstance(host.host(), uid.toByteArray())) {
            return Naming.FOREIGN;
          }
          final boolean own = uid.equals(OpampMessages.uid(host.host()));
          return own && hosts.find(host.host()).filter(row -> !row.isForeign()).isPresent()
              ? Naming.AGENT
              : Naming.ANOTHER;
        });
  }

  void introduced(OpampLink link) {
    final OpampLink older = current.put(link.host(), link);
    if (older != null) {
      // A link that died unnoticed answers no ping; one that does is another holder of the
      // identity.
      older.ping();
      later(PING.toNanos(), () -> replace(older));
    }
  }

  private void replace(OpampLink older) {
    if (older.hasAnsweredPing()) {
      counters.identityConflict(older.host());
      LOG.atWarn()
          .setMessage("two links of one host")
          .addKeyValue("host", older.host().host())
          .addKeyValue("closed", older.remoteAddress())
          .log();
    }
    older.close(StatusCode.POLICY_VIOLATION, "a newer link of this host took over");
  }

  void seen(OpampLink link) {
    if (current.get(link.host()) == link) {
      presence.seen(link.host());
    }
  }

  void closed(OpampLink link, boolean clean) {
    if (current.remove(link.host(), link)) {
      presence.left(link.host(), clean);
    }
  }

  // One for all links of a host: a new connection brings no new allowance.
  LinkPace pace(HostKey host) {
    return paces.get(host, _ -> new LinkPace());
  }

  void describe(OpampLink link, AgentDescription description) {
    final UUID tenant = link.host().tenant();
    if (database.inTenant(tenant, () -> noteDescription(link, description))) {
      fleet.changed(tenant);
    }
  }

  private boolean noteDescription(OpampLink link, AgentDescription description) {
    final Hosts.Host row = hosts.find(link.host().host()).orElseThrow();
    final HostDescription said = OpampMessages.describe(description, row.description().bootedAt());
    final boolean news =
        !said.equals(row.description()) || !link.remoteAddress().equals(row.remoteAddress());
    if (news) {
      hosts.describe(link.host().host(), said, link.remoteAddress());
    }
    return news;
  }

  boolean mayAskFullState(HostKey host) {
    return isNews("state", host);
  }

  void namedAnother(OpampLink link) {
    counters.messageRefused(link.host());
    note(link, AuditType.HOST_IDENTITY_REFUSED, "another instance uid");
  }

  void refused(OpampLink link, String why) {
    counters.messageRefused(link.host());
    note(link, AuditType.HOST_MESSAGE_REFUSED, why);
  }

  // Once a minute for each host and kind: a host that only misbehaves must not fill the record.
  private void note(OpampLink link, AuditType type, String why) {
    if (!isNews(type.code(), link.host())) {
      return;
    }
    final String host = link.host().host().toString();
    guard(
        link,
        () ->
            audit.note(
                link.host().tenant(),
                new AuditEvent(
                    type,
                    new AuditRecord.Actor("host", host, host),
                    AuditEvent.host(link.host().host()),
                    AuditRecord.Outcome.DENIED,
                    link.remoteAddress(),
                    Map.of("reason", why))));
  }

  private boolean isNews(String kind, HostKey host) {
    return lately.asMap().putIfAbsent(kind + "|" + host.host(), true) == null;
  }
}
