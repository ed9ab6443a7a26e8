package dev.bulkhead.server.enrolment;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Makes join codes, says how they stand, takes them back. The server never sees a code's secret,
/// only the digest of its first key, and stores a keyed hash of that. Thread-safe.
@Component
public final class JoinCodes {
  /// How long a code is good.
  public static final Duration LIFETIME = Duration.ofMinutes(15);

  /// Who made the codes that this server makes for its own machine.
  static final UUID SERVER = new UUID(0, 0);

  private static final int MAX_OPEN = 20;
  private static final String MONITOR = "monitor";

  private final JoinCodeRepository codes;
  private final Database database;
  private final AuditLog audit;
  private final JoinEvents events;
  private final Keys keys;
  private final Clock clock;

  JoinCodes(
      JoinCodeRepository codes,
      Database database,
      AuditLog audit,
      JoinEvents events,
      Keys keys,
      Clock clock) {
    this.codes = codes;
    this.database = database;
    this.audit = audit;
    this.events = events;
    this.keys = keys;
    this.clock = clock;
  }

  /// What a code is made for.
  ///
  /// @param secretDigest SHA-256 of the secret's first key
  /// @param protectedFromServer whether the joining host's state is out of this server's reach
  public record Wanted(Sha256 secretDigest, List<String> tags, boolean protectedFromServer) {
    public Wanted {
      tags = List.copyOf(tags);
    }
  }

  /// Makes a code for a person.
  ///
  /// @throws ProblemException `rate_limited` when the tenant has twenty open ones, `validation`
  ///     when
  ///     the host would be out of the person's scope
  public JoinStatus create(SignedIn who, Wanted wanted, String address) {
    requireOwnTag(who, wanted.tags());
    return create(
        who.tenantId(),
        who.personId(),
        AuditEvent.person(who.personId(), who.name()),
        wanted,
        address);
  }

  /// Makes a code for the agent on this server's own machine.
  JoinStatus createLocal(UUID tenant, Wanted wanted) {
    return create(tenant, SERVER, AuditEvent.SERVER, wanted, null);
  }

  /// How a code stands; empty when there is none of this id that somebody may see.
  public Optional<JoinStatus> find(SignedIn who, UUID id) {
    return findAny(who.tenantId(), id).filter(status -> status.isShownTo(who));
  }

  /// Whoever has a scope lets in what is in it, or they would not see it.
  ///
  /// @throws ProblemException `validation` of the field `tags`
  static void requireOwnTag(SignedIn who, List<String> tags) {
    if (!who.scope().covers(tags)) {
      throw ProblemException.field("tags", "must hold a tag of the hosts that your role is about");
    }
  }

  /// Makes a code unusable; nothing happens to one that is used or cancelled.
  ///
  /// @throws ProblemException `not_found`
  public void cancel(SignedIn who, UUID id, String address) {
    final JoinStatus before =
        find(who, id)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such join code."));
    if (before.state() == JoinStatus.State.JOINED || before.state() == JoinStatus.State.EXPIRED) {
      return;
    }
    audit.change(
        who.tenantId(),
        () -> {
          if (!codes.cancel(id, clock.instant())) {
            throw new ProblemException(
                ProblemType.JOIN_USED, "A host joined with this code meanwhile: remove the host.");
          }
          return new AuditLog.Change<>(
              id,
              AuditEvent.by(who, AuditType.JOIN_CODE_CANCELLED, subject(id), address, Map.of()));
        });
    publish(who.tenantId(), id);
  }

  /// The keyed hash under which a digest is stored.
  byte[] hash(UUID id, Sha256 secretDigest) {
    return keys.hash("join_code.secret/" + id, secretDigest.bytes());
  }

  /// Any code of a tenant, for the server itself.
  Optional<JoinStatus> findAny(UUID tenant, UUID id) {
    return database.inTenant(tenant, () -> codes.find(id)).map(row -> row.status(clock.instant()));
  }

  void publish(UUID tenant, UUID id) {
    findAny(tenant, id).ifPresent(events::publish);
  }

  static AuditRecord.Subject subject(UUID id) {
    return new AuditRecord.Subject("join_code", id.toString());
  }

  private JoinStatus create(
      UUID tenant,
      UUID creator,
      AuditRecord.Actor actor,
      Wanted wanted,
      @org.jspecify.annotations.Nullable String address) {
    final UUID id = UUID.randomUUID();
    final Instant now = clock.instant();
    final JoinCodeRepository.Row row =
        new JoinCodeRepository.Row(
            tenant,
            id,
            hash(id, wanted.secretDigest()),
            wanted.tags(),
            MONITOR,
            wanted.protectedFromServer(),
            creator,
            now,
            now.plus(LIFETIME),
            null,
            null,
            null,
            null);
    return audit.change(
        tenant,
        () -> {
          if (codes.countOpen(now) >= MAX_OPEN) {
            throw ProblemException.limited(
                ProblemType.RATE_LIMITED,
                "There are " + MAX_OPEN + " open join codes. Cancel one, or wait.",
                Duration.ofMinutes(1));
          }
          codes.create(row);
          return new AuditLog.Change<>(
              row.status(now),
              new AuditEvent(
                  AuditType.JOIN_CODE_CREATED,
                  actor,
                  subject(id),
                  AuditRecord.Outcome.OK,
                  address,
                  Map.of("expires", row.expiresAt().toString())));
        });
  }
}
