package dev.bulkhead.server.identity;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.Scopes;
import dev.bulkhead.server.secrets.Keys;
import dev.bulkhead.server.web.PageCursor;
import dev.bulkhead.server.web.ProblemException;
import dev.bulkhead.server.web.ProblemType;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Invitations: made with a code that is shown once, listed, taken back. The database knows only a
/// keyed hash of the code's secret. Thread-safe.
@Component
public final class Invitations {
  /// How long one is good when nobody says otherwise.
  public static final Duration USUAL_LIFE = Duration.ofDays(3);

  private static final int MAX_OPEN = 200;
  private static final UUID LAST_ID = new UUID(-1, -1);
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final InvitationRepository invitations;
  private final Scopes scopes;
  private final SessionWatch sessions;
  private final Database database;
  private final AuditLog audit;
  private final Keys keys;
  private final Clock clock;

  Invitations(
      InvitationRepository invitations,
      Scopes scopes,
      SessionWatch sessions,
      Database database,
      AuditLog audit,
      Keys keys,
      Clock clock) {
    this.invitations = invitations;
    this.scopes = scopes;
    this.sessions = sessions;
    this.database = database;
    this.audit = audit;
    this.keys = keys;
    this.clock = clock;
  }

  /// What an invitation is made for.
  ///
  /// @param note for whom, at most 64 characters
  /// @param role a role's code
  /// @param scope null for every host
  public record Wanted(String note, String role, @Nullable ScopeForm scope, Duration life) {}

  /// An invitation, and its code, which nobody can read again.
  public record NewInvitation(InvitationView invitation, String code) {}

  public record InvitationPage(List<InvitationView> items, @Nullable String nextCursor) {}

  /// Invites somebody into the asker's own tenant.
  ///
  /// @throws ProblemException `validation`, `beyond_own_role`, or `rate_limited` when there are 200
  ///     open ones
  public NewInvitation create(SignedIn who, Wanted wanted, String address) {
    return audit.change(
        who.tenantId(),
        () -> {
          if (!sessions.standsUntilCommitted(who)) {
            throw new ProblemException(ProblemType.UNAUTHENTICATED, "Sign in again.");
          }
          final Scopes.Granted granted = scopes.grant(who, wanted.role(), wanted.scope());
          return create(who, who.tenantId(), wanted.note(), granted, wanted.life(), address);
        });
  }

  /// Invites the first owner of a tenant that was just made, inside the transaction that makes it;
  /// whoever asks has been allowed to make tenants.
  public NewInvitation createForFirstOwner(SignedIn who, UUID tenant, String note, String address) {
    return audit.change(
        tenant,
        () -> create(who, tenant, note, new Scopes.Granted(Role.OWNER, null), USUAL_LIFE, address));
  }

  /// The newest first.
  public InvitationPage list(SignedIn who, int limit, @Nullable String cursor) {
    final Instant now = clock.instant();
    final List<String> after =
        cursor == null
            ? List.of(LATEST.toString(), LAST_ID.toString())
            : PageCursor.parse(cursor, 2);
    final Instant before;
    final UUID beforeId;
    try {
      before = Instant.parse(after.get(0));
      beforeId = UUID.fromString(after.get(1));
    } catch (DateTimeException | IllegalArgumentException notOurs) {
      throw PageCursor.wrong();
    }
    final List<InvitationRepository.Row> rows =
        database.inTenant(who.tenantId(), () -> invitations.list(before, beforeId, limit + 1));
    final List<InvitationRepository.Row> shown = rows.subList(0, Math.min(rows.size(), limit));
    return new InvitationPage(
        shown.stream().map(row -> row.view(now)).toList(),
        rows.size() > limit
            ? PageCursor.of(shown.getLast().createdAt().toString(), shown.getLast().id().toString())
            : null);
  }

  /// Takes one back; nothing happens to one that is no longer open.
  ///
  /// @throws ProblemException `not_found`, or `beyond_own_role`
  public void revoke(SignedIn who, UUID id, String address) {
    final Instant now = clock.instant();
    final InvitationRepository.Row known =
        database
            .inTenant(who.tenantId(), () -> invitations.find(id))
            .orElseThrow(Invitations::notFound);
    Scopes.requireMayGive(who, known.role(), known.scope().scope());
    if (!known.isOpen(now)) {
      return;
    }
    audit.change(
        who.tenantId(),
        () -> {
          if (!invitations.findAndLock(id).orElseThrow(Invitations::notFound).isOpen(now)) {
            throw new ProblemException(
                ProblemType.CHANGED_MEANWHILE, "Somebody accepted it just now.");
          }
          invitations.revoke(id, now);
          return new AuditLog.Change<>(
              id,
              AuditEvent.by(
                  who,
                  AuditType.INVITATION_REVOKED,
                  subject(id),
                  address,
                  Map.of("note", known.note(), "role", known.role().code())));
        });
  }

  /// Takes back what a person has given out and nobody took yet, inside their tenant's transaction:
  /// whoever may not invite any more must not do it by an older code.
  public int revokeOpenOf(UUID person) {
    return invitations.revokeOpenOf(person, clock.instant());
  }

  /// The open invitation that a code opens.
  Optional<InvitationRepository.Row> findOpen(InvitationCode code) {
    final byte[] hash = hash(code.invitation(), code.secret());
    return database
        .inTenant(code.tenant(), () -> invitations.find(code.invitation()))
        .filter(row -> MessageDigest.isEqual(row.codeHmac(), hash))
        .filter(row -> row.isOpen(clock.instant()));
  }

  static AuditRecord.Subject subject(UUID id) {
    return new AuditRecord.Subject("invitation", id.toString());
  }

  private AuditLog.Change<NewInvitation> create(
      SignedIn who,
      UUID tenant,
      String note,
      Scopes.Granted granted,
      Duration life,
      String address) {
    final Instant now = clock.instant();
    if (invitations.countOpen(now) >= MAX_OPEN) {
      throw ProblemException.limited(
          ProblemType.RATE_LIMITED,
          "There are " + MAX_OPEN + " open invitations. Revoke one, or wait.",
          Duration.ofMinutes(1));
    }
    final UUID id = UUID.randomUUID();
    final byte[] secret = keys.random(InvitationCode.SECRET_BYTES);
    invitations.create(tenant, id, hash(id, secret), note, granted, who, now, now.plus(life));
    final InvitationView made = invitations.find(id).orElseThrow().view(now);
    return new AuditLog.Change<>(
        new NewInvitation(made, new InvitationCode(tenant, id, secret).text()),
        AuditEvent.by(
            who,
            AuditType.PERSON_INVITED,
            subject(id),
            address,
            Map.of(
                "note", note,
                "role", granted.role().code(),
                "scope", ScopeForm.describe(granted.scope()),
                "expires", made.expiresAt().toString())));
  }

  private byte[] hash(UUID id, byte[] secret) {
    return keys.hash("invitation.code/" + id, secret);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no invitation with this id.");
  }
}
