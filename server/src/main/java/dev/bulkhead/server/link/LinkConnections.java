package dev.bulkhead.server.link;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bulkhead.server.enrolment.HostCertificate;
import dev.bulkhead.server.enrolment.HostCertificates;
import dev.bulkhead.server.fleet.HostKey;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Every open connection of the link, from the first byte on, and whose it is: so that a handshake
/// has a time limit, a connection ends with its certificate, and a removed host is cut off on all
/// of them, idle ones included. Thread-safe.
@Component
final class LinkConnections implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(LinkConnections.class);
  // From the first byte to the first request.
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  // Joining and renewing take one short request each.
  private static final Duration WITHOUT_CERTIFICATE = Duration.ofSeconds(60);
  private static final Duration JUDGED_EVERY = Duration.ofSeconds(60);
  // An unfinished handshake holds some 50 KiB, and nobody has proved anything yet.
  private static final int UNFINISHED = 512;
  private static final int UNFINISHED_PER_ADDRESS = 128;
  // A host that opens more closes its own oldest.
  private static final int PER_HOST = 8;
  private static final int SWEEP_MILLIS = 1_000;

  private final HostCertificates certificates;
  private final Clock clock;
  private final Map<SSLEngine, Tracked> all = new ConcurrentHashMap<>();
  private final Map<String, Integer> unfinished = new ConcurrentHashMap<>();
  private final Map<HostKey, Set<Tracked>> byHost = new ConcurrentHashMap<>();
  // A handshake that was judged just before its host was removed ends after it.
  private final Cache<HostKey, Boolean> removed =
      Caffeine.newBuilder().expireAfterWrite(HANDSHAKE.multipliedBy(6)).build();
  private final Cache<UUID, Boolean> ended =
      Caffeine.newBuilder().expireAfterWrite(HANDSHAKE.multipliedBy(6)).build();

  LinkConnections(HostCertificates certificates, Clock clock) {
    this.certificates = certificates;
    this.clock = clock;
  }

  /// One connection. Jetty's own notice of a finished handshake does not come when a client
  /// certificate was judged in it; the first request is what proves it.
  private static final class Tracked {
    final EndPoint endPoint;
    final String address;
    final long openedNanos = System.nanoTime();
    volatile boolean used;
    volatile @Nullable HostCertificate certificate;
    volatile long judgedNanos = openedNanos;

    Tracked(EndPoint endPoint) {
      this.endPoint = endPoint;
      address =
          endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
              ? remote.getAddress().getHostAddress()
              : "unknown";
    }

    BigInteger serial() {
      return Objects.requireNonNull(certificate).serial();
    }

    boolean isOlderThan(Duration limit) {
      return System.nanoTime() - openedNanos > limit.toNanos();
    }
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      final Tracked tracked = new Tracked(tls.getEndPoint());
      all.put(tls.getSSLEngine(), tracked);
      final int same = unfinished.merge(tracked.address, 1, Integer::sum);
      if (same > UNFINISHED_PER_ADDRESS
          || unfinished.values().stream().mapToInt(Integer::intValue).sum() > UNFINISHED) {
        tls.getEndPoint().close();
      }
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof SslConnection tls) {
      final Tracked tracked = all.remove(tls.getSSLEngine());
      if (tracked != null && !tracked.used) {
        finished(tracked);
      }
      if (tracked != null && tracked.certificate != null) {
        forget(tracked, tracked.certificate.host());
      }
    }
  }

  /// Notes whose certificate was judged good in a handshake; whether its key is there too shows
  /// only with the first request.
  void identified(SSLEngine engine, HostCertificate certificate) throws CertificateException {
    final Tracked tracked = all.get(engine);
    if (tracked == null) {
      throw new CertificateException("the connection was closed meanwhile");
    }
    tracked.certificate = certificate;
    byHost.compute(certificate.host(), (host, open) -> with(tracked, open));
    if (!all.containsKey(engine)) {
      forget(tracked, certificate.host());
    }
    if (removed.getIfPresent(certificate.host()) != null
        || ended.getIfPresent(certificate.host().tenant()) != null) {
      throw new CertificateException("the host was removed, or its tenant deleted");
    }
  }

  /// Notes that a request came, and with it that the handshake is done.
  void used(Request request) {
    if (request.getConnectionMetaData().getConnection().getEndPoint()
        instanceof SslConnection.SslEndPoint decrypted) {
      final Tracked tracked = all.get(decrypted.getSslConnection().getSSLEngine());
      if (tracked != null && !tracked.used) {
        tracked.used = true;
        finished(tracked);
        closeSurplus(tracked);
      }
    }
  }

  private void finished(Tracked tracked) {
    unfinished.computeIfPresent(tracked.address, (address, count) -> count > 1 ? count - 1 : null);
  }

  private void closeSurplus(Tracked newest) {
    final HostCertificate certificate = newest.certificate;
    if (certificate == null) {
      return;
    }
    final List<Tracked> used =
        byHost.getOrDefault(certificate.host(), Set.of()).stream()
            .filter(one -> one.used)
            .sorted(Comparator.comparingLong(one -> one.openedNanos))
            .toList();
    closeAll(
        used.subList(0, Math.max(0, used.size() - PER_HOST)), "its host opened too many others");
  }

  private static Set<Tracked> with(Tracked tracked, @Nullable Set<Tracked> open) {
    final Set<Tracked> all = open == null ? ConcurrentHashMap.newKeySet() : open;
    all.add(tracked);
    return all;
  }

  private void forget(Tracked tracked, HostKey host) {
    byHost.computeIfPresent(
        host,
        (key, open) -> {
          open.remove(tracked);
          return open.isEmpty() ? null : open;
        });
  }

  /// Closes every connection of a removed host, and those whose handshakes are about to end.
  void close(HostKey host) {
    removed.put(host, true);
    closeAll(List.copyOf(byHost.getOrDefault(host, Set.of())), "its host was removed");
  }

  /// Fails the handshakes of a tenant's hosts that are about to end.
  void refuse(UUID tenant) {
    ended.put(tenant, true);
  }

  /// Closes every connection of a tenant's hosts.
  void closeAll(UUID tenant) {
    closeAll(
        all.values().stream().filter(one -> belongsTo(one, tenant)).toList(),
        "its tenant was deleted");
  }

  /// Lets a tenant's hosts in again.
  void reopen(UUID tenant) {
    ended.invalidate(tenant);
  }

  private static boolean belongsTo(Tracked one, UUID tenant) {
    final HostCertificate certificate = one.certificate;
    return certificate != null && certificate.host().tenant().equals(tenant);
  }

  int count() {
    return all.size();
  }

  int count(HostKey host) {
    return byHost.getOrDefault(host, Set.of()).size();
  }

  @Scheduled(fixedDelay = SWEEP_MILLIS)
  void sweep() {
    closeAll(all.values().stream().filter(LinkConnections::isOverdue).toList(), "it took too long");
    closeAll(all.values().stream().filter(this::hasExpired).toList(), "its certificate ended");
    judgeOlderThan(JUDGED_EVERY);
  }

  private static boolean isOverdue(Tracked one) {
    return one.used
        ? one.certificate == null && one.isOlderThan(WITHOUT_CERTIFICATE)
        : one.isOlderThan(HANDSHAKE);
  }

  private boolean hasExpired(Tracked one) {
    final HostCertificate certificate = one.certificate;
    return certificate != null && !clock.instant().isBefore(certificate.notAfter());
  }

  /// Asks again whether certificates are good that were last judged so long ago.
  void judgeOlderThan(Duration age) {
    final long now = System.nanoTime();
    final Map<UUID, List<Tracked>> due = new HashMap<>();
    for (Tracked one : all.values()) {
      final HostCertificate certificate = one.certificate;
      if (certificate != null && now - one.judgedNanos > age.toNanos()) {
        due.computeIfAbsent(certificate.host().tenant(), tenant -> new ArrayList<>()).add(one);
      }
    }
    due.forEach((tenant, connections) -> judge(tenant, connections, now));
  }

  private void judge(UUID tenant, List<Tracked> connections, long now) {
    try {
      final Set<BigInteger> good =
          certificates.listGood(
              tenant,
              connections.stream().map(Tracked::serial).collect(Collectors.toUnmodifiableSet()));
      connections.forEach(one -> one.judgedNanos = now);
      closeAll(
          connections.stream().filter(one -> !good.contains(one.serial())).toList(),
          "its certificate is not good any more");
    } catch (DataAccessException away) {
      // Nobody can be removed while the database is away; the next sweep asks again.
      LOG.atWarn().setMessage("open links could not be judged").setCause(away).log();
    }
  }

  private static void closeAll(List<Tracked> connections, String why) {
    for (Tracked one : connections) {
      LOG.atInfo()
          .setMessage("link closed")
          .addKeyValue("why", why)
          .addKeyValue("host", one.certificate == null ? "-" : one.certificate.host().host())
          .log();
      one.endPoint.close();
    }
  }
}
