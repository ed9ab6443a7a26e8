package dev.bulkhead.server;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.identity.Installation;
import dev.bulkhead.server.identity.TestTotp;
import dev.bulkhead.server.secrets.Keys;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/// Another tenant on a server that has been set up, its people written into the database and signed
/// in.
public final class SecondTenant {
  private static final String SECRET = "JBSWY3DPEHPK3PXP";

  private SecondTenant() {}

  /// A tenant with one owner, who does not run the installation.
  public static Owner create(TestServer server, String name) {
    final UUID tenant = UUID.randomUUID();
    final Database database = server.bean(Database.class);
    database.inTenant(
        tenant,
        () ->
            database
                .sql()
                .sql("insert into tenant (tenant_id, name, slug) values (?, ?, ?)")
                .params(tenant, name, name.toLowerCase(Locale.ROOT))
                .update());
    return new Owner(
        person(server, tenant, "owner of " + name, "owner"), tenant, new TestTotp(SECRET));
  }

  /// Somebody in a tenant, signed in.
  public static Browser person(TestServer server, UUID tenant, String name, String role) {
    final Database database = server.bean(Database.class);
    final UUID person = UUID.randomUUID();
    final byte[] token = server.bean(Keys.class).random(32);
    database.inTenant(
        tenant,
        () -> {
          database
              .sql()
              .sql(
                  "insert into person (tenant_id, id, name, role, password_hash) values (?, ?, ?, ?, 'none')")
              .params(tenant, person, name, role)
              .update();
          database
              .sql()
              .sql("select claim_sign_in_name(?, ?)")
              .params(name.toLowerCase(Locale.ROOT), person)
              .query(Boolean.class)
              .single();
          return database
              .sql()
              .sql(
                  """
                  insert into session (tenant_id, id, id_hmac, person_id, created_at, last_seen_at, expires_at,
                    fresh_until, remote_address, user_agent) values (?, gen_random_uuid(), ?, ?, now(), now(),
                    now() + interval '1 hour', now() + interval '10 minutes', '127.0.0.1',
                    'test')
                  """)
              .params(tenant, server.bean(Keys.class).hash("session.id_hmac", token), person)
              .update();
        });
    final Browser browser = new Browser(server.port());
    browser
        .cookies()
        .put(
            "__Host-bulkhead-" + server.bean(Installation.class).shortId(),
            Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    final Browser.Answer session = browser.get("/api/v1/session");
    if (session.status() != 200) {
      throw new AssertionError(session.text());
    }
    return browser;
  }
}
