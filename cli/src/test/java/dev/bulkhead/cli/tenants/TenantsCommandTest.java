package dev.bulkhead.cli.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.FixtureServer.Call;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TenantsCommandTest {

  private static final String OWN =
      """
      {"id":"t0","name":"Acme","slug":"main","createdAt":"2026-01-02T03:04:05Z","version":4,
       "counts":{"people":2,"hosts":30,"groups":1}}""";
  private static final String TENANT =
      """
      {"id":"t1","name":"Other","slug":"other","createdAt":"2026-01-02T03:04:05Z","state":"deleted",
       "deletedAt":"2026-02-02T03:04:05Z","purgeAt":"2026-03-04T03:04:05Z","people":3,"hosts":12,"isOwn":false}""";

  @TempDir private Path directory;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(directory.resolve("state"));
    fixture.answer("GET", "/api/v1/tenant", 200, OWN);
    fixture.answer(
        "GET", "/api/v1/tenants", 200, "{\"items\":[" + TENANT + "],\"nextCursor\":null}");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void shows_and_renames_the_own_tenant() {
    fixture.answer("PUT", "/api/v1/tenant", 200, OWN.replace("Acme", "New"));

    assertThat(run("tenant", "show").out()).contains("Acme", "main", "30");
    assertThat(run("tenant", "rename", "New").out()).contains("called New now");

    assertThat(fixture.changes())
        .containsExactly(new Call("PUT", "/api/v1/tenant", "{\"name\":\"New\"}", "\"4\""));
  }

  @Test
  void exports_into_a_file_of_its_owners() throws IOException {
    fixture.answer("GET", "/api/v1/tenant/export", 200, "archive");
    Path file = directory.resolve("acme.zip");

    Verb verb = run("tenant", "export", file.toString());

    assertThat(verb.exit()).as(verb.err()).isZero();
    assertThat(file).hasContent("archive");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("tenant", "export", file.toString()).err()).contains("there already");
  }

  @Test
  void leaves_no_file_behind_when_the_export_is_refused() throws IOException {
    fixture.answer(
        "GET", "/api/v1/tenant/export", 403, "{\"title\":\"No\",\"code\":\"forbidden\"}");
    Path target = Files.createDirectory(directory.resolve("out"));

    assertThat(run("tenant", "export", target.resolve("acme.zip").toString()).exit()).isEqualTo(1);

    assertThat(target).isEmptyDirectory();
  }

  @Test
  void deletes_the_own_tenant_by_its_name() {
    fixture.answer("DELETE", "/api/v1/tenant", 200, "{\"purgeAt\":\"2026-03-04T03:04:05Z\"}");

    assertThat(run("tenant", "delete").exit()).isEqualTo(2);
    assertThat(run("tenant", "delete", "--name", "Acme").out()).contains("2026-03-04");

    assertThat(fixture.changes())
        .containsExactly(new Call("DELETE", "/api/v1/tenant", "{\"name\":\"Acme\"}", ""));
  }

  @Test
  void lists_tenants_and_makes_one() {
    fixture.answer(
        "POST",
        "/api/v1/tenants",
        201,
        "{\"tenant\":"
            + TENANT
            + ",\"invitation\":{\"role\":\"owner\",\"expiresAt\":\"2026-01-05T00:00:00Z\"},\"code\":\"bhi1_x\"}");

    assertThat(run("tenants", "list").out()).contains("other", "deleted", "12", "2026-03-04");
    Verb made = run("tenants", "create", "Other", "--slug", "other");
    assertThat(made.out()).isEqualTo("bhi1_x" + System.lineSeparator());
    assertThat(made.err()).contains("Made the tenant other.", "as owner");

    assertThat(fixture.changes().getFirst().body())
        .isEqualTo("{\"name\":\"Other\",\"slug\":\"other\"}");
  }

  @Test
  void deletes_restores_and_purges_only_what_is_confirmed() {
    fixture.answer("DELETE", "/api/v1/tenants/t1", 200, TENANT);
    fixture.answer("POST", "/api/v1/tenants/t1/restore", 200, TENANT);
    fixture.answer("POST", "/api/v1/tenants/t1/purge", 204, "");

    assertThat(run("tenants", "purge", "other", "--confirm", "main").exit()).isEqualTo(2);
    assertThat(fixture.changes()).isEmpty();
    assertThat(run("tenants", "delete", "other", "--confirm", "other").exit()).isZero();
    assertThat(run("tenants", "restore", "other").exit()).isZero();
    assertThat(run("tenants", "purge", "other", "--confirm", "other").exit()).isZero();

    assertThat(fixture.changes())
        .containsExactly(
            new Call("DELETE", "/api/v1/tenants/t1", "{\"slug\":\"other\"}", ""),
            new Call("POST", "/api/v1/tenants/t1/restore", "{}", ""),
            new Call("POST", "/api/v1/tenants/t1/purge", "{\"slug\":\"other\"}", ""));
  }

  private Verb run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return Verb.run(all.toArray(String[]::new));
  }
}
