package dev.bulkhead.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.server.TestServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/// Walks every table: what a migration forgets, this finds.
final class RowLevelSecurityTest {
  // Tables without a tenant: each is here with its reason.
  private static final List<String> WITHOUT_TENANT =
      List.of(
          "installation", // one row, about the installation
          "spent_ceremony", // ids of finished ceremonies, before anybody is known
          "certificate_authority", // one for all tenants; its key is sealed
          "flyway_schema_history"); // the migrations' own

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Database database;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    database = server.bean(Database.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyTable_forcesRowLevelSecurity_orIsListedWithAReason() {
    final List<String> unprotected =
        list(
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
            """);

    assertThat(unprotected).containsExactlyInAnyOrderElementsOf(WITHOUT_TENANT);
  }

  @Test
  void everyTenantTable_hasTheOnePolicyForReadingAndWriting() {
    final String condition =
        "(tenant_id = (NULLIF(current_setting('bulkhead.tenant'::text, true), ''::text))::uuid)";
    final List<String> odd =
        database
            .sql()
            .sql(
                """
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity and not exists (
                  select from pg_policies p where p.tablename = c.relname and p.policyname = 'one_tenant'
                    and p.cmd = 'ALL' and p.roles = '{public}' and p.qual = ? and p.with_check = ?)
                """)
            .params(condition, condition)
            .query((row, n) -> row.getString(1))
            .list();

    assertThat(odd).isEmpty();
  }

  @Test
  void policiesAcrossTenants_areForTheOwnerAlone() {
    assertThat(
            list(
                "select tablename from pg_policies where policyname <> 'one_tenant' and roles <> '{bulkhead_owner}'"))
        .isEmpty();
  }

  @Test
  void poolRole_ownsNothing_bypassesNothing_andCannotBecomeTheOwner() {
    assertThat(list("select relname from pg_class where relowner = current_user::regrole"))
        .isEmpty();
    assertThat(
            list(
                "select rolname from pg_roles where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole)"))
        .isEmpty();
    assertThatThrownBy(() -> database.sql().sql("set role bulkhead_owner").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> database.sql().sql("create table mine (x int)").update())
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void tenantRows_areInvisibleToOthers_andOutsideATransaction() {
    final UUID one = UUID.randomUUID();
    final UUID other = UUID.randomUUID();
    database.inTenant(one, () -> insertTenant(one, "one"));

    assertThat(database.inTenant(one, () -> list("select name from tenant")))
        .containsExactly("one");
    assertThat(database.inTenant(other, () -> list("select name from tenant"))).isEmpty();
    assertThat(list("select name from tenant")).isEmpty();
    assertThatThrownBy(() -> database.inTenant(other, () -> insertTenant(one, "stolen")))
        .isInstanceOf(DataAccessException.class);
    assertThat(
            database.inTenant(
                other,
                () ->
                    database
                        .sql()
                        .sql("update tenant set name = 'x' where tenant_id = ?")
                        .param(one)
                        .update()))
        .isZero();
  }

  @Test
  void uniqueAndForeignKeys_ofTenantTables_beginWithTheTenant() {
    final List<String> odd =
        list(
            """
            select c.conrelid::regclass || '.' || c.conname from pg_constraint c
              join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
            where n.nspname = 'public' and t.relrowsecurity and c.contype in ('p', 'u', 'f')
              and (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1])
                <> 'tenant_id'
            """);

    // A name to sign in with and a cookie's hash are looked up before a tenant is known; a slug is
    // the installation's name for a tenant.
    assertThat(odd)
        .containsExactlyInAnyOrder(
            "sign_in_name.sign_in_name_pkey",
            "session.session_id_hmac_key",
            "tenant.tenant_slug_key");
  }

  @Test
  void functionsOfTheOwner_areExecutableByNobodyElseThanListed() {
    assertThat(
            list(
                """
                select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'public' and p.prosecdef
                  and (p.proconfig is null or has_function_privilege('public', p.oid, 'execute'))
                """))
        .isEmpty();
  }

  @Test
  void auditRecord_canOnlyBeAppended_andOnlyAtItsPlace() {
    final UUID tenant = UUID.randomUUID();

    for (String change :
        List.of(
            "update audit_record set record = ''",
            "delete from audit_record",
            "truncate audit_record",
            "update audit_head set sequence = 0",
            "insert into audit_record values ('00000000-0000-0000-0000-000000000001', 1, '', '')")) {
      assertThatThrownBy(() -> database.inTenant(tenant, () -> database.sql().sql(change).update()))
          .as(change)
          .isInstanceOf(DataAccessException.class);
    }
    assertThatThrownBy(
            () ->
                database.inTenant(
                    tenant,
                    () ->
                        database
                            .sql()
                            .sql("select audit_append(7, ?, sha256(?))")
                            .params(new byte[1], new byte[1])
                            .query((row, n) -> 1)
                            .single()))
        .hasMessageContaining("does not follow the head");
  }

  private static int insertTenant(UUID id, String name) {
    return database
        .sql()
        .sql("insert into tenant (tenant_id, name, slug) values (?, ?, ?)")
        .params(id, name, id.toString().substring(0, 8))
        .update();
  }

  private static List<String> list(String sql) {
    return database.sql().sql(sql).query((row, n) -> row.getString(1)).list();
  }
}
