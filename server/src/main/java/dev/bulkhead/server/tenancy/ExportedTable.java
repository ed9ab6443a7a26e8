package dev.bulkhead.server.tenancy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table of tenants in an export, column by column: what is written, and what is withheld and
/// why. A column that is in neither fails a test.
///
/// @param key an SQL expression of text that tells the tenant's rows apart; orders the file
/// @param columns written as JSON has them
/// @param bytes columns of bytes, written as hexadecimal text
/// @param withheld reasons by column
record ExportedTable(
    String name,
    String key,
    List<String> columns,
    List<String> bytes,
    Map<String, String> withheld) {
  private static final String SECRET = "a secret, sealed or hashed: it would help only who guesses";
  private static final String SAME = "the same in every row; the manifest has it";
  private static final String TENANT = "tenant_id";

  ExportedTable {
    columns = List.copyOf(columns);
    bytes = List.copyOf(bytes);
    withheld = Map.copyOf(withheld);
  }

  /// Every table that is written as rows.
  static final List<ExportedTable> ALL =
      List.of(
          table(
              "tenant",
              "tenant_id::text",
              List.of("name", "slug", "created_at", "version"),
              List.of(),
              Map.of(
                  "deleted_at", "empty in a tenant that can be exported",
                  "purge_at", "empty in a tenant that can be exported")),
          table(
              "person",
              "id::text",
              List.of(
                  "id",
                  "name",
                  "role",
                  "platform",
                  "scope_tags",
                  "scope_groups",
                  "created_at",
                  "suspended_at",
                  "last_sign_in_at",
                  "password_changed_at",
                  "version"),
              List.of(),
              Map.of("password_hash", SECRET)),
          table(
              "totp_factor",
              "person_id::text",
              List.of("person_id", "created_at"),
              List.of(),
              Map.of(
                  "sealed_secret", SECRET, "last_step", "means something beside the secret alone")),
          table(
              "passkey",
              "encode(credential_id, 'hex')",
              List.of(
                  "id",
                  "person_id",
                  "name",
                  "sign_count",
                  "backup_eligible",
                  "created_at",
                  "last_used_at"),
              List.of("credential_id"),
              Map.of("attested_credential", "good for signing in to this server alone")),
          table(
              "recovery_code",
              "person_id::text || encode(code_hmac, 'hex')",
              List.of("person_id", "used_at"),
              List.of(),
              Map.of("code_hmac", SECRET)),
          table(
              "session",
              "id::text",
              List.of(
                  "id",
                  "person_id",
                  "created_at",
                  "last_seen_at",
                  "expires_at",
                  "fresh_until",
                  "remote_address",
                  "user_agent"),
              List.of(),
              Map.of("id_hmac", SECRET)),
          table(
              "invitation",
              "id::text",
              List.of(
                  "id",
                  "note",
                  "role",
                  "scope_tags",
                  "scope_groups",
                  "created_by",
                  "created_by_name",
                  "created_at",
                  "expires_at",
                  "accepted_at",
                  "accepted_by",
                  "revoked_at"),
              List.of(),
              Map.of("code_hmac", SECRET)),
          table(
              "host_group",
              "id::text",
              List.of("id", "name", "tags", "version"),
              List.of(),
              Map.of()),
          table(
              "service_account",
              "id::text",
              List.of("id", "name", "role", "scope_tags", "scope_groups", "created_at", "version"),
              List.of(),
              Map.of()),
          table(
              "api_token",
              "id::text",
              List.of(
                  "id",
                  "name",
                  "person_id",
                  "service_account_id",
                  "scopes",
                  "networks",
                  "made_by",
                  "created_at",
                  "expires_at",
                  "disabled_at",
                  "last_used_at",
                  "last_used_address",
                  "version"),
              List.of(),
              Map.of("secret_hash", SECRET)),
          table(
              "allowed_network",
              "id::text",
              List.of(
                  "id",
                  "cidr",
                  "description",
                  "enabled",
                  "created_by_name",
                  "created_at",
                  "version"),
              List.of(),
              Map.of()),
          table(
              "host",
              "id::text",
              List.of(
                  "id",
                  "name",
                  "tags",
                  "kind",
                  "mode",
                  "hostname",
                  "os",
                  "kernel",
                  "architecture",
                  "agent_version",
                  "protected_from_server",
                  "remote_address",
                  "booted_at",
                  "joined_at",
                  "last_seen_at",
                  "removed_at",
                  "version"),
              List.of("device_key", "device_fingerprint", "instance_uid"),
              Map.of()),
          table(
              "host_certificate",
              "encode(serial, 'hex')",
              List.of("host_id", "not_before", "not_after"),
              List.of("serial"),
              Map.of()),
          table(
              "join_code",
              "id::text",
              List.of(
                  "id",
                  "tags",
                  "mode",
                  "protected_from_server",
                  "created_by",
                  "created_at",
                  "expires_at",
                  "used_at",
                  "cancelled_at",
                  "host_id",
                  "failure_cause",
                  "failure_at"),
              List.of(),
              Map.of("secret_hmac", SECRET)));

  /// Tables that are not written as rows, each with its reason.
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "sign_in_name", "the names of the people, folded; person has them",
          "audit_record", "audit.jsonl has it, in the form that bulkhead audit verify reads",
          "audit_head", "the last line of audit.jsonl has it");

  private static ExportedTable table(
      String name,
      String key,
      List<String> columns,
      List<String> bytes,
      Map<String, String> withheld) {
    final Map<String, String> all =
        Stream.concat(withheld.entrySet().stream(), Map.of(TENANT, SAME).entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new ExportedTable(name, key, columns, bytes, all);
  }

  /// A page of the table's lines behind a key. Names come from this class alone; the key and the
  /// limit are parameters.
  String pageSql() {
    final String fields =
        Stream.concat(
                columns.stream().map(column -> "'%1$s', %1$s".formatted(column)),
                bytes.stream().map(column -> "'%1$s', encode(%1$s, 'hex')".formatted(column)))
            .collect(Collectors.joining(", "));
    return """
        select key, line from (select (%s) collate "C" as key, json_build_object(%s)::text as line from %s) rows
        where key > ? order by key limit ?
        """
        .formatted(key, fields, name);
  }
}
