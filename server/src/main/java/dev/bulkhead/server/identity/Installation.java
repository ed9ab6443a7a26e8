package dev.bulkhead.server.identity;

import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.secrets.Keys;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// This installation: its id, whether it has been set up, and the code that lets somebody do so.
/// Thread-safe.
@Component
public final class Installation {
  private static final String CODE_PURPOSE = "installation.setup_code";

  private final Database database;
  private final Keys keys;
  private final UUID id;
  // Only ever turns true: once there is an owner, there is one for good.
  private volatile boolean setUp;

  Installation(Database database, Keys keys) {
    this.database = database;
    this.keys = keys;
    id = database.sql().sql("select id from installation").query(UUID.class).single();
  }

  public UUID id() {
    return id;
  }

  /// Eight hexadecimal digits that tell this installation's cookies from others' on the same host
  /// name.
  public String shortId() {
    return id.toString().substring(0, 8);
  }

  public boolean isSetUp() {
    if (!setUp) {
      setUp =
          database
              .sql()
              .sql("select setup_completed_at is not null from installation")
              .query(Boolean.class)
              .single();
    }
    return setUp;
  }

  /// Makes `code` the only one that works.
  void replaceSetupCode(String code) {
    database.acrossTenants(
        () ->
            database
                .sql()
                .sql("update installation set setup_code_hmac = ? where setup_completed_at is null")
                .param(keys.hash(CODE_PURPOSE, code))
                .update());
  }

  boolean isSetupCode(String code) {
    final byte[] expected =
        database
            .sql()
            .sql(
                "select coalesce(setup_code_hmac, '') from installation where setup_completed_at is null")
            .query((row, n) -> row.getBytes(1))
            .optional()
            .orElse(new byte[0]);
    return MessageDigest.isEqual(expected, keys.hash(CODE_PURPOSE, code));
  }

  /// Ends the setup, inside the transaction that makes the owner; false when somebody else was
  /// first.
  boolean completeSetup(Instant now) {
    final int rows =
        database
            .sql()
            .sql(
                """
                update installation set setup_completed_at = ?, setup_code_hmac = null
                where setup_completed_at is null
                """)
            .param(now.atOffset(java.time.ZoneOffset.UTC))
            .update();
    return rows == 1;
  }
}
