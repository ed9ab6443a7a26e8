package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.groups.ScopeForm;
import dev.bulkhead.server.groups.StoredScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Rows of tenants, people and their factors. All but [#findSignIn] run inside a tenant's
/// transaction.
@Component
final class PersonRepository {
  private static final String FIND =
      "select p.tenant_id, p.id, p.name, t.name as tenant_name, p.role, p.platform, p.password_hash, p.password_changed_at, "
          + StoredScope.columns("p")
          + """
             from person p join tenant t using (tenant_id)
            where p.id = ? and p.suspended_at is null and t.deleted_at is null
            """;

  private final Database database;

  PersonRepository(Database database) {
    this.database = database;
  }

  /// @param scope the hosts that the role is about, its groups resolved to their tags
  /// @param passwordChangedAt null for the first password
  record Person(
      UUID tenantId,
      UUID id,
      String name,
      String tenantName,
      Role role,
      StoredScope scope,
      boolean platform,
      String passwordHash,
      @Nullable Instant passwordChangedAt) {}

  record SignInName(UUID tenantId, UUID personId) {}

  @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
  record TotpFactor(byte[] sealedSecret, long lastStep) {}

  @SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
  record Passkey(
      byte[] credentialId,
      UUID personId,
      byte[] attestedCredential,
      long signCount,
      boolean backupEligible) {}

  void createTenant(UUID tenant, String name, String slug) {
    database
        .sql()
        .sql("insert into tenant (tenant_id, name, slug) values (?, ?, ?)")
        .params(tenant, name, slug)
        .update();
  }

  /// False when somebody has the name.
  boolean createPerson(NewPerson.Draft draft, NewPerson.Standing standing) {
    database
        .sql()
        .sql(
            """
            insert into person (tenant_id, id, name, role, platform, password_hash, scope_tags, scope_groups)
            values (:tenant, :id, :name, :role, :platform, :password, cast(:tags as text[]), cast(:groups as uuid[]))
            """)
        .param("tenant", draft.tenantId())
        .param("id", draft.personId())
        .param("name", draft.name())
        .param("role", standing.role().code())
        .param("platform", standing.platform())
        .param("password", draft.passwordHash())
        .param("tags", ScopeForm.tagsOf(standing.scope()))
        .param("groups", ScopeForm.groupsOf(standing.scope()))
        .update();
    return database
        .sql()
        .sql("select claim_sign_in_name(?, ?)")
        .params(nameKey(draft.name()), draft.personId())
        .query(Boolean.class)
        .single();
  }

  Optional<SignInName> findSignIn(String name) {
    return database
        .sql()
        .sql("select tenant_id, person_id from find_sign_in(?)")
        .param(nameKey(name))
        .query(
            (row, n) -> new SignInName(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .optional();
  }

  /// A person who is neither suspended nor in a deleted tenant.
  Optional<Person> findPerson(UUID id) {
    return database.sql().sql(FIND).param(id).query((row, n) -> person(row)).optional();
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("tenant_name"),
        Role.ofCode(row.getString("role")),
        StoredScope.read(row),
        row.getBoolean("platform"),
        row.getString("password_hash"),
        instant(row.getObject("password_changed_at", OffsetDateTime.class)));
  }

  /// Keeps a person as they are until the transaction ends.
  void lock(UUID id) {
    database
        .sql()
        .sql("select id from person where id = ? for share")
        .param(id)
        .query(UUID.class)
        .optional();
  }

  /// Lets nobody else change a person, their factors or their sessions until the transaction ends;
  /// who would waits here, before anything else is read.
  void lockForChange(UUID id) {
    database
        .sql()
        .sql("select id from person where id = ? for no key update")
        .param(id)
        .query(UUID.class)
        .optional();
  }

  /// Stores the same password's stronger hash, unless the password was changed meanwhile.
  void rehash(UUID id, String before, String after) {
    database
        .sql()
        .sql("update person set password_hash = ? where id = ? and password_hash = ?")
        .params(after, id, before)
        .update();
  }

  void noteSignIn(UUID id, Instant now) {
    database
        .sql()
        .sql("update person set last_sign_in_at = ? where id = ?")
        .params(now.atOffset(ZoneOffset.UTC), id)
        .update();
  }

  /// The one app of a person, in the place of the one before.
  void storeTotp(UUID tenant, UUID person, byte[] sealedSecret, long lastStep) {
    database
        .sql()
        .sql(
            """
            insert into totp_factor (tenant_id, person_id, sealed_secret, last_step) values (?, ?, ?, ?)
            on conflict (tenant_id, person_id) do update set
              sealed_secret = excluded.sealed_secret, last_step = excluded.last_step, created_at = now()
            """)
        .params(tenant, person, sealedSecret, lastStep)
        .update();
  }

  /// The factor, its row locked: two requests with one code must not both pass.
  Optional<TotpFactor> findTotp(UUID person) {
    return database
        .sql()
        .sql("select sealed_secret, last_step from totp_factor where person_id = ? for update")
        .param(person)
        .query((row, n) -> new TotpFactor(row.getBytes(1), row.getLong(2)))
        .optional();
  }

  boolean hasTotp(UUID person) {
    return database
        .sql()
        .sql("select exists (select from totp_factor where person_id = ?)")
        .param(person)
        .query(Boolean.class)
        .single();
  }

  void useTotpStep(UUID person, long step) {
    database
        .sql()
        .sql("update totp_factor set last_step = ? where person_id = ?")
        .params(step, person)
        .update();
  }

  /// False when the tenant has it already.
  boolean createPasskey(UUID tenant, UUID id, String name, Passkey passkey) {
    return database
            .sql()
            .sql(
                """
            insert into passkey
              (tenant_id, id, credential_id, person_id, name, attested_credential, sign_count, backup_eligible)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, credential_id) do nothing
            """)
            .params(
                tenant,
                id,
                passkey.credentialId(),
                passkey.personId(),
                name,
                passkey.attestedCredential(),
                passkey.signCount(),
                passkey.backupEligible())
            .update()
        == 1;
  }

  Optional<Passkey> findPasskey(byte[] credentialId) {
    return listPasskeys(null, credentialId).stream().findFirst();
  }

  List<Passkey> listPasskeys(UUID person) {
    return listPasskeys(person, null);
  }

  private List<Passkey> listPasskeys(@Nullable UUID person, byte @Nullable [] credentialId) {
    return database
        .sql()
        .sql(
            """
            select credential_id, person_id, attested_credential, sign_count, backup_eligible from passkey
            where (cast(:person as uuid) is null or person_id = :person)
              and (cast(:credential as bytea) is null or credential_id = :credential)
            order by created_at
            """)
        .param("person", person)
        .param("credential", credentialId)
        .query(
            (row, n) ->
                new Passkey(
                    row.getBytes(1),
                    row.getObject(2, UUID.class),
                    row.getBytes(3),
                    row.getLong(4),
                    row.getBoolean(5)))
        .list();
  }

  void usePasskey(byte[] credentialId, long signCount) {
    database
        .sql()
        .sql("update passkey set sign_count = ?, last_used_at = now() where credential_id = ?")
        .params(signCount, credentialId)
        .update();
  }

  void removeRecoveryCodes(UUID person) {
    database.sql().sql("delete from recovery_code where person_id = ?").param(person).update();
  }

  void createRecoveryCode(UUID tenant, UUID person, byte[] hash) {
    database
        .sql()
        .sql("insert into recovery_code (tenant_id, person_id, code_hmac) values (?, ?, ?)")
        .params(tenant, person, hash)
        .update();
  }

  /// Uses a code up; false when it is none of the person's or was used before.
  boolean useRecoveryCode(UUID person, byte[] hash) {
    return database
            .sql()
            .sql(
                """
                update recovery_code set used_at = now()
                where person_id = ? and code_hmac = ? and used_at is null
                """)
            .params(person, hash)
            .update()
        == 1;
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  // Two names that look the same are the same.
  static String nameKey(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
