package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.Owner;
import dev.bulkhead.server.SecondTenant;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A tenant with rows in every table of tenants.
final class FilledTenant {
  private static final List<String> ROWS =
      List.of(
          """
          insert into totp_factor (tenant_id, person_id, sealed_secret, last_step)
            select tenant_id, id, 'canary-secret'::bytea, 1 from person
          """,
          """
          insert into passkey (tenant_id, credential_id, person_id, name, attested_credential, sign_count,
            backup_eligible) select tenant_id, '\\x01', id, 'key', 'canary-secret'::bytea, 0, false from person
          """,
          """
          insert into recovery_code (tenant_id, person_id, code_hmac)
            select tenant_id, id, 'canary-secret'::bytea from person
          """,
          """
          insert into host_group (tenant_id, id, name, tags)
            select tenant_id, gen_random_uuid(), 'group', '{a}' from tenant
          """,
          """
          insert into invitation (tenant_id, id, code_hmac, note, role, created_by, created_by_name, created_at,
            expires_at) select tenant_id, gen_random_uuid(), 'canary-secret'::bytea, 'note', 'viewer',
            gen_random_uuid(), 'who', now(), now() + interval '1 hour' from tenant
          """,
          """
          insert into service_account (tenant_id, id, name, role, created_at)
            select tenant_id, gen_random_uuid(), 'program', 'viewer', now() from tenant
          """,
          """
          insert into api_token (tenant_id, id, name, service_account_id, secret_hash, scopes, networks, created_at)
            select tenant_id, gen_random_uuid(), 'token', id, '$argon2id$canary-secret', '{hosts_read}', '{}', now()
            from service_account
          """,
          """
          insert into allowed_network (tenant_id, id, cidr, enabled, created_by_name, created_at)
            select tenant_id, gen_random_uuid(), '10.0.0.0/8', false, 'who', now() from tenant
          """,
          """
          insert into host (tenant_id, id, name, kind, mode, device_key, device_fingerprint, protected_from_server,
            joined_at) select tenant_id, gen_random_uuid(), 'host ' || n, 'agent', 'monitor', '\\x02',
            sha256(n::text::bytea), true, now() from tenant, generate_series(1, 700) n
          """,
          """
          insert into host_certificate (tenant_id, serial, host_id, not_before, not_after)
            select tenant_id, device_fingerprint, id, now(), now() from host
          """,
          """
          insert into join_code (tenant_id, id, secret_hmac, mode, created_by, created_at, expires_at)
            select tenant_id, gen_random_uuid(), 'canary-secret'::bytea, 'monitor', gen_random_uuid(), now(),
            now() + interval '1 hour' from tenant
          """);

  private FilledTenant() {}

  static Owner create(TestServer server, String name) {
    final Owner owner = SecondTenant.create(server, name);
    final UUID tenant = owner.tenant();
    final Database database = server.bean(Database.class);
    database.inTenant(
        tenant,
        () -> {
          ROWS.forEach(sql -> database.sql().sql(sql).update());
          return tenant;
        });
    server
        .bean(AuditLog.class)
        .change(
            tenant,
            () ->
                new AuditLog.Change<>(
                    tenant, TenantEvents.byServer(AuditType.TENANT_CHANGED, tenant, Map.of())));
    final List<String> dump = server.dump(tenant);
    for (String table : server.tenantTables()) {
      if (dump.stream().noneMatch(row -> row.startsWith(table + " "))) {
        throw new AssertionError("put a row into " + table + " here");
      }
    }
    return owner;
  }
}
