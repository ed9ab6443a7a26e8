package dev.bulkhead.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.audit.AuditFormatException;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ExportTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner owner;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner other;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    Owner.setUp(server);
    owner = FilledTenant.create(server, "exported");
    other = FilledTenant.create(server, "neighbour");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyColumnOfEveryTenantTable_isExported_orWithheldWithAReason() {
    for (String table : server.tenantTables()) {
      final List<String> columns =
          server.rows(
              "select column_name from information_schema.columns where table_schema = 'public' and table_name = '%s'"
                  .formatted(table));
      if (ExportedTable.ELSEWHERE.containsKey(table)) {
        continue;
      }
      final ExportedTable exported =
          ExportedTable.ALL.stream()
              .filter(one -> one.name().equals(table))
              .findFirst()
              .orElseThrow(() -> new AssertionError(table + " is not in ExportedTable"));
      assertThat(
              Stream.of(exported.columns(), exported.bytes(), exported.withheld().keySet())
                  .flatMap(java.util.Collection::stream)
                  .toList())
          .as("columns of " + table + ", each once")
          .containsExactlyInAnyOrderElementsOf(columns);
      assertThat(exported.withheld().values()).noneMatch(String::isBlank);
    }
  }

  @Test
  void export_holdsEveryRow_andNoSecret_andNothingOfOthers() throws IOException {
    final HttpResponse<InputStream> answer = owner.browser().open("/api/v1/tenant/export");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/zip");
    assertThat(answer.headers().firstValue("content-disposition").orElse(""))
        .matches("attachment; filename=\"bulkhead-exported-\\d{4}-\\d{2}-\\d{2}\\.zip\"");
    final Map<String, String> files = unzip(answer.body());
    final JsonNode manifest = JSON.readTree(text(files, "manifest.json"));
    assertThat(manifest.path("tenant").path("id").asString()).isEqualTo(owner.tenant().toString());
    for (String table : server.tenantTables()) {
      if (!ExportedTable.ELSEWHERE.containsKey(table)) {
        final long rows =
            Long.parseLong(
                server
                    .rows(
                        "select count(*) from %s where tenant_id = '%s'"
                            .formatted(table, owner.tenant()))
                    .getFirst());
        assertThat(text(files, table + ".jsonl").lines().peek(ExportTest::assertJson).distinct())
            .as(table)
            .hasSize((int) rows);
      }
    }
    final String all = String.join("\n", files.values());
    assertThat(all)
        .doesNotContain("canary-secret", hex("canary-secret"), other.tenant().toString())
        .doesNotContain("neighbour");
    server
        .rows("select encode(id_hmac, 'hex') from session")
        .forEach(hash -> assertThat(all).doesNotContain(hash));
  }

  @Test
  void export_isRecorded_beforeItIsRead_andItsRecordsFollowEachOther()
      throws IOException, AuditFormatException {
    final Map<String, String> files = unzip(other.browser().open("/api/v1/tenant/export").body());

    final List<String> lines = text(files, "audit.jsonl").lines().toList();
    String previous = "0".repeat(64);
    for (String line : lines) {
      final JsonNode stored = JSON.readTree(line);
      final byte[] bytes = Base64.getDecoder().decode(stored.path("record").asString());
      final AuditRecord record = AuditRecord.decode(bytes);
      assertThat(record.chain()).isEqualTo(other.tenant().toString());
      assertThat(record.sequence()).isEqualTo(stored.path("sequence").asLong());
      assertThat(HexFormat.of().formatHex(record.previous().bytes())).isEqualTo(previous);
      previous = stored.path("hash").asString();
      assertThat(HexFormat.of().formatHex(AuditRecord.hashOf(bytes).bytes())).isEqualTo(previous);
    }
    assertThat(
            new String(
                Base64.getDecoder()
                    .decode(JSON.readTree(lines.getLast()).path("record").asString()),
                StandardCharsets.ISO_8859_1))
        .contains("tenant.exported");
  }

  @Test
  void exports_areLimited_perTenant() {
    final Owner busy = FilledTenant.create(server, "busy");
    final TreeSet<Integer> statuses = new TreeSet<>();
    for (int i = 0; i < 13; i++) {
      statuses.add(busy.browser().send("HEAD", "/api/v1/tenant/export", null, true).status());
    }

    assertThat(statuses).containsExactly(200, 429);
  }

  @Test
  void export_ofATenantDeletedMeanwhile_breaksOff() {
    final Owner ending = FilledTenant.create(server, "ending");
    final Export export = server.bean(Export.class);
    final Export.Begun begun =
        new Export.Begun(server.bean(Tenants.class).get(ending.tenant()), java.time.Instant.EPOCH);
    final Browser.Answer deleted =
        ending.browser().send("DELETE", "/api/v1/tenant", Map.of("name", "ending"), true);
    assertThat(deleted.status()).isEqualTo(200);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> export.write(begun, java.io.OutputStream.nullOutputStream()))
        .hasMessageContaining("no tenant");
  }

  private static void assertJson(String line) {
    assertThat(JSON.readTree(line).isObject()).isTrue();
  }

  private static String text(Map<String, String> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> unzip(InputStream archive) throws IOException {
    final Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
