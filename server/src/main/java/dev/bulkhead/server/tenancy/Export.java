package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditLog;
import dev.bulkhead.server.audit.AuditType;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.Attempts;
import dev.bulkhead.server.web.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Everything that is a tenant's, as a ZIP of JSON Lines, less secrets. It is read in pages, each
/// in a transaction of its own: a slow reader holds no connection of the database's, and rows that
/// change meanwhile are as they were when their page was read. An archive that breaks off has no
/// directory at its end and does not open. Thread-safe.
@Component
final class Export {
  private static final String FORMAT = "bulkhead-tenant/1";
  private static final int ROWS = 500;
  private static final int PER_HOUR = 12;
  private static final byte[] LINE_END = {'\n'};

  private final Tenants tenants;
  private final Database database;
  private final AuditLog audit;
  private final Attempts attempts;
  private final JsonMapper json;
  private final Clock clock;

  Export(
      Tenants tenants,
      Database database,
      AuditLog audit,
      Attempts attempts,
      JsonMapper json,
      Clock clock) {
    this.tenants = tenants;
    this.database = database;
    this.audit = audit;
    this.attempts = attempts;
    this.json = json;
    this.clock = clock;
  }

  /// An export that is on the record.
  record Begun(TenantRepository.Tenant tenant, Instant at) {
    String fileName() {
      return "bulkhead-" + tenant.slug() + "-" + LocalDate.ofInstant(at, ZoneOffset.UTC) + ".zip";
    }
  }

  private record Row(String key, String line) {}

  private record RecordLine(long sequence, String record, String hash) {}

  /// Records the export, before the first byte of it is read.
  Begun begin(SignedIn who, String address) {
    attempts.take("tenant-export", who.tenantId().toString(), PER_HOUR, Duration.ofHours(1));
    final TenantRepository.Tenant tenant = tenants.get(who.tenantId());
    return audit.change(
        tenant.id(),
        () ->
            new AuditLog.Change<>(
                new Begun(tenant, clock.instant()),
                TenantEvents.named(
                    who, AuditType.TENANT_EXPORTED, tenant.id(), address, Map.of())));
  }

  /// Writes the archive.
  ///
  /// @throws IOException when the reader left
  void write(Begun begun, OutputStream out) throws IOException {
    final ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.putNextEntry(entry("manifest.json", begun));
    zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest(begun)));
    zip.closeEntry();
    for (ExportedTable table : ExportedTable.ALL) {
      zip.putNextEntry(entry(table.name() + ".jsonl", begun));
      writeTable(begun.tenant().id(), table, zip);
      zip.closeEntry();
    }
    zip.putNextEntry(entry("audit.jsonl", begun));
    writeAudit(begun.tenant().id(), zip);
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  private static ZipEntry entry(String name, Begun begun) {
    final ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(begun.at().atOffset(ZoneOffset.UTC).toLocalDateTime());
    return entry;
  }

  private void writeTable(UUID tenant, ExportedTable table, OutputStream out) throws IOException {
    String after = "";
    List<Row> page;
    do {
      page = page(tenant, table, after);
      for (Row row : page) {
        out.write(row.line().getBytes(StandardCharsets.UTF_8));
        out.write(LINE_END);
        after = row.key();
      }
    } while (page.size() == ROWS);
  }

  private List<Row> page(UUID tenant, ExportedTable table, String after) {
    return database.inTenant(
        tenant,
        () -> {
          // A tenant that was deleted meanwhile tells nobody any more.
          if (tenants.getHere().isDeleted()) {
            throw Tenants.notFound();
          }
          database.sql().sql("set local time zone 'UTC'").update();
          return database
              .sql()
              .sql(table.pageSql())
              .params(after, ROWS)
              .query((row, n) -> new Row(row.getString(1), row.getString(2)))
              .list();
        });
  }

  private void writeAudit(UUID tenant, OutputStream out) throws IOException {
    long after = 0;
    List<AuditLog.StoredRecord> page;
    do {
      page = audit.list(tenant, after, ROWS);
      for (AuditLog.StoredRecord stored : page) {
        out.write(json.writeValueAsBytes(line(stored)));
        out.write(LINE_END);
        after = stored.sequence();
      }
    } while (page.size() == ROWS);
  }

  private static RecordLine line(AuditLog.StoredRecord stored) {
    return new RecordLine(
        stored.sequence(),
        Base64.getEncoder().encodeToString(stored.record()),
        HexFormat.of().formatHex(stored.hash()));
  }

  private static Map<String, Object> manifest(Begun begun) {
    final Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", FORMAT);
    manifest.put("exportedAt", begun.at());
    manifest.put("serverVersion", Version.current());
    manifest.put(
        "tenant",
        Map.of(
            "id", begun.tenant().id(),
            "name", begun.tenant().name(),
            "slug", begun.tenant().slug()));
    manifest.put("auditChain", AuditLog.chainOf(begun.tenant().id()));
    manifest.put("tables", ExportedTable.ALL.stream().map(ExportedTable::name).toList());
    final Map<String, Map<String, String>> withheld = new TreeMap<>();
    ExportedTable.ALL.forEach(table -> withheld.put(table.name(), new TreeMap<>(table.withheld())));
    manifest.put("withheld", withheld);
    manifest.put("elsewhere", new TreeMap<>(ExportedTable.ELSEWHERE));
    manifest.put(
        "telemetry",
        "Measurements are not in this archive. Read them by /api/v1/hosts/{id}/history.");
    return manifest;
  }
}
