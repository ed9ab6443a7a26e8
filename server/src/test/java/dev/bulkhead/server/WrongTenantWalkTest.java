package dev.bulkhead.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls every operation that there is as the owner of one tenant with the ids of another: nothing
/// of it is told, and nothing of it changes.
final class WrongTenantWalkTest {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String NOBODY = new UUID(0, 0).toString();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner a;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner b;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static WrongTenantCalls.Ids ids;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    a = Owner.setUp(server);
    b = SecondTenant.create(server, "Beta");
    SecondTenant.person(server, a.tenant(), "canary person", "admin");
    a.browser().put("/api/v1/tenant", Map.of("name", "canary tenant"));
    ids =
        new WrongTenantCalls.Ids(
            a.tenant(),
            "canary tenant",
            one("select slug from tenant"),
            insert(
                """
                insert into host (tenant_id, id, name, hostname, tags, kind, mode, device_key, device_fingerprint,
                  protected_from_server, joined_at) select tenant_id, ?, 'canary host', 'canary-hostname',
                  '{canary:tag}', 'agent', 'monitor', '\\x02', sha256('a'), true, now() from tenant
                """),
            insert(
                """
                insert into join_code (tenant_id, id, secret_hmac, mode, tags, created_by, created_at, expires_at)
                  select tenant_id, ?, '\\x01', 'monitor', '{canary:tag}', gen_random_uuid(), now(),
                  now() + interval '1 hour' from tenant
                """),
            UUID.fromString(one("select id from person where name = 'canary person'")),
            insert(
                "insert into host_group (tenant_id, id, name, tags) select tenant_id, ?, 'canary group', '{canary:tag}' from tenant"),
            insert(
                """
                insert into invitation (tenant_id, id, code_hmac, note, role, created_by, created_by_name, created_at,
                  expires_at) select tenant_id, ?, '\\x03', 'canary note', 'viewer', gen_random_uuid(), 'canary', now(),
                  now() + interval '1 hour' from tenant
                """),
            token(),
            UUID.fromString(one("select id from service_account")),
            insert(
                """
                insert into allowed_network (tenant_id, id, cidr, description, enabled, created_by_name, created_at)
                  select tenant_id, ?, '10.99.0.0/16', 'canary network', false, 'canary', now() from tenant
                """),
            UUID.fromString(one("select id from session limit 1")),
            insert(
                """
                insert into passkey (tenant_id, id, credential_id, person_id, name, attested_credential, sign_count,
                  backup_eligible) select tenant_id, ?, '\\x04', id, 'canary passkey', '\\x05', 0, false
                  from person where name = 'canary person'
                """));
    // The local agent's code is a row of the first tenant's too: it must not come in the midst.
    await().until(() -> Files.exists(server.directory().resolve("local-join-code")));
  }

  // Names that the walk gives too: what is taken in one tenant is free in another.
  private static UUID token() {
    insert(
        """
        insert into service_account (tenant_id, id, name, role, created_at)
          select tenant_id, ?, 'taken', 'viewer', now() from tenant
        """);
    return insert(
        """
        insert into api_token (tenant_id, id, name, service_account_id, secret_hash, scopes, networks, created_at)
          select tenant_id, ?, 'taken', id, '$argon2id$canary', '{hosts_read}', '{}', now() from service_account
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("MT-10")
  @Tag("MT-11")
  void everyOperation_withAnotherTenantsIds_tellsAndChangesNothingOfIt() {
    final Map<String, List<WrongTenantCalls.Call>> table = WrongTenantCalls.of(ids);
    final List<String> api =
        server.endpoints().stream().filter(endpoint -> endpoint.contains(" /api/")).toList();
    assertThat(table.keySet()).as("operations without a wrong-tenant call").containsAll(api);
    final List<String> before = server.dump(a.tenant());
    final Set<String> canaries = canaries(before);
    assertThat(canaries).hasSizeGreaterThan(8);

    table.forEach(
        (endpoint, calls) -> {
          if (api.contains(endpoint)) {
            calls.forEach(call -> assertTellsNothing(endpoint, call, canaries));
          }
        });

    assertThat(server.dump(a.tenant())).isEqualTo(before);
  }

  @Test
  void liveView_ofOneTenant_tellsNothingOfTheOthers() throws IOException {
    final Browser viewer = SecondTenant.person(server, b.tenant(), "watches", "viewer");
    final UUID own = UUID.randomUUID();
    try (InputStream stream = viewer.open("/api/v1/events").body()) {
      assertThat(readUntil(stream, "event: ping")).contains("event: ping");

      a.browser()
          .put(
              "/api/v1/hosts/" + ids.host(),
              Map.of("name", "canary host again", "tags", List.of("canary:tag")));
      a.browser().post("/api/v1/join-codes", Map.of("secretDigest", "B".repeat(43)));
      database()
          .inTenant(
              b.tenant(),
              () ->
                  database()
                      .sql()
                      .sql(
                          """
                          insert into host (tenant_id, id, name, kind, mode, device_key, device_fingerprint,
                            protected_from_server, joined_at)
                          values (?, ?, 'own host', 'agent', 'monitor', '\\x02', sha256('a'), true, now())
                          """)
                      .params(b.tenant(), own)
                      .update());

      assertThat(readUntil(stream, own.toString()))
          .contains("own host")
          .doesNotContain("canary", a.tenant().toString(), ids.host().toString());
    } finally {
      a.browser()
          .put(
              "/api/v1/hosts/" + ids.host(),
              Map.of("name", "canary host", "tags", List.of("canary:tag")));
    }
  }

  private static void assertTellsNothing(
      String endpoint, WrongTenantCalls.Call call, Set<String> canaries) {
    final String text;
    if (endpoint.endsWith("/export")) {
      text = unzip(b.browser().open(call.path()).body());
    } else {
      final Browser.Answer answer = b.browser().send(call.method(), call.path(), call.body(), true);
      text = answer.text() + answer.headers();
      assertThat(answer.status())
          .as("%s: %s %s answered %s", endpoint, call.method(), call.path(), answer.text())
          .isIn(call.statuses());
    }
    canaries.forEach(
        canary -> assertThat(text.toLowerCase(Locale.ROOT)).as(call.path()).doesNotContain(canary));
  }

  // Every id that is in the tenant's rows, and the word that all its names hold.
  private static Set<String> canaries(List<String> dump) {
    final Set<String> canaries = new HashSet<>(Set.of("canary"));
    for (String row : dump) {
      final Matcher id = ID.matcher(row);
      while (id.find()) {
        canaries.add(id.group());
      }
    }
    canaries.remove(NOBODY);
    return canaries;
  }

  private static String readUntil(InputStream stream, String part) throws IOException {
    final StringBuilder all = new StringBuilder();
    final byte[] some = new byte[4096];
    while (all.indexOf(part) < 0) {
      final int length = stream.read(some);
      if (length < 0) {
        throw new AssertionError("the stream ended: " + all);
      }
      all.append(new String(some, 0, length, StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  private static String unzip(InputStream archive) {
    final List<String> files = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.add(entry.getName() + new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(files).hasSizeGreaterThan(5);
    return String.join("\n", files);
  }

  private static UUID insert(String sql) {
    final UUID id = UUID.randomUUID();
    database().inTenant(a.tenant(), () -> database().sql().sql(sql).param(id).update());
    return id;
  }

  private static String one(String sql) {
    return database()
        .inTenant(
            a.tenant(),
            () -> database().sql().sql(sql).query((row, n) -> row.getString(1)).single());
  }

  private static Database database() {
    return server.bean(Database.class);
  }
}
