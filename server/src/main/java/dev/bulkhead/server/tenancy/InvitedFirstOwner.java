package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.springframework.stereotype.Component;

// WIRING POINT: replaced by a call of dev.bulkhead.server.identity.Invitations#createForFirstOwner.
/// Writes an invitation's row itself.
@Component
final class InvitedFirstOwner implements FirstOwner {
  private static final Duration LIFE = Duration.ofDays(3);
  private static final int SECRET_BYTES = 32;

  private final Database database;
  private final Keys keys;
  private final Clock clock;

  InvitedFirstOwner(Database database, Keys keys, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Invited invite(SignedIn by, UUID tenant, String note, String address) {
    final UUID id = UUID.randomUUID();
    final Instant now = clock.instant();
    final byte[] secret = keys.random(SECRET_BYTES);
    database
        .sql()
        .sql(
            """
            insert into invitation (tenant_id, id, code_hmac, note, role, created_by, created_by_name, created_at,
              expires_at) values (?, ?, ?, ?, 'owner', ?, ?, ?, ?)
            """)
        .params(
            tenant,
            id,
            keys.hash("invitation.code/" + id, secret),
            note,
            by.personId(),
            by.name(),
            now.atOffset(ZoneOffset.UTC),
            now.plus(LIFE).atOffset(ZoneOffset.UTC))
        .update();
    return new Invited(
        new InvitationView(
            id, note, "owner", null, by.name(), now, now.plus(LIFE), "open", null, null),
        "bhi1_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }
}
