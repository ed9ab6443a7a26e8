package dev.bulkhead.cli.tokens;

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

final class TokensCommandTest {

  private static final String VALUE = "bhk_" + "0a".repeat(16) + "_" + "s".repeat(43);
  private static final String TOKEN =
      """
      {"id":"t1","name":"ci","owner":{"kind":"service","id":"a1","name":"deployer"},
       "scopes":["hosts_read","hosts_enrol"],"networks":["10.0.0.0/8"],"createdAt":"2026-01-02T03:04:05Z",
       "expiresAt":null,"lastUsedAt":null,"lastUsedAddress":null,"state":"active","version":3}""";
  private static final String ACCOUNT =
      """
      {"id":"a1","name":"deployer","role":"operator","scope":{"tags":["env:prod"],"groups":[{"id":"g1","name":"web"}]},
       "createdAt":"2026-01-02T03:04:05Z","tokens":2,"version":1}""";

  @TempDir private Path directory;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(directory.resolve("state"));
    fixture.answer("GET", "/api/v1/tokens", 200, page(TOKEN));
    fixture.answer(
        "POST", "/api/v1/tokens", 201, "{\"token\":" + TOKEN + ",\"value\":\"" + VALUE + "\"}");
    fixture.answer("PUT", "/api/v1/tokens/t1", 200, TOKEN);
    fixture.answer("DELETE", "/api/v1/tokens/t1", 204, "");
    fixture.answer("GET", "/api/v1/service-accounts", 200, page(ACCOUNT));
    fixture.answer("POST", "/api/v1/service-accounts", 201, ACCOUNT);
    fixture.answer("DELETE", "/api/v1/service-accounts/a1", 204, "");
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void lists_tokens() {
    Verb verb = run("tokens", "list");

    assertThat(verb.out()).contains("ci", "deployer (service)", "active", "never", "hosts_read");
    assertThat(run("tokens", "list", "--json").out()).contains("\"items\"", "\"version\" : 3");
  }

  @Test
  void prints_a_new_token_alone() {
    Verb verb =
        run(
            "tokens",
            "create",
            "ci",
            "--scope",
            "hosts_read",
            "--scope",
            "hosts_enrol",
            "--days",
            "30",
            "--network",
            "10.0.0.0/8",
            "--service-account",
            "deployer");

    assertThat(verb.out()).isEqualTo(VALUE + System.lineSeparator());
    assertThat(verb.err()).contains("shown this once").doesNotContain(VALUE);
    assertThat(fixture.changes())
        .containsExactly(
            new Call(
                "POST",
                "/api/v1/tokens",
                "{\"name\":\"ci\",\"scopes\":[\"hosts_read\",\"hosts_enrol\"],\"networks\":[\"10.0.0.0/8\"],"
                    + "\"expiresInDays\":30,\"serviceAccount\":\"a1\"}",
                ""));
  }

  @Test
  void writes_a_new_token_into_a_file_of_its_owners() throws IOException {
    Path file = directory.resolve("token");

    Verb verb = run("tokens", "create", "ci", "--scope", "hosts_read", "--out", file.toString());

    assertThat(verb.exit()).as(verb.err()).isZero();
    assertThat(verb.out() + verb.err()).doesNotContain(VALUE).contains("--token-file");
    assertThat(file).hasContent(VALUE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leaves_a_file_alone_that_is_there_and_none_when_it_failed() throws IOException {
    Path there = Files.writeString(directory.resolve("there"), "mine");
    Path fresh = directory.resolve("fresh");

    assertThat(run("tokens", "create", "x", "--scope", "a", "--out", there.toString()).err())
        .contains("there already");
    assertThat(fixture.changes()).isEmpty();
    fixture.answer("POST", "/api/v1/tokens", 403, "{\"title\":\"No\",\"code\":\"forbidden\"}");
    assertThat(run("tokens", "create", "x", "--scope", "a", "--out", fresh.toString()).exit())
        .isEqualTo(1);

    assertThat(there).hasContent("mine");
    assertThat(fresh).doesNotExist();
  }

  @Test
  void disables_enables_and_removes_by_name() {
    assertThat(run("tokens", "disable", "CI").exit()).isZero();
    assertThat(run("tokens", "enable", "t1").exit()).isZero();
    assertThat(run("tokens", "remove", "ci").exit()).isZero();

    assertThat(fixture.changes())
        .containsExactly(
            new Call("PUT", "/api/v1/tokens/t1", edit(false), "\"3\""),
            new Call("PUT", "/api/v1/tokens/t1", edit(true), "\"3\""),
            new Call("DELETE", "/api/v1/tokens/t1", "", ""));
  }

  @Test
  void says_where_to_look_when_there_is_no_such_token() {
    Verb verb = run("tokens", "remove", "other");

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("There is no token other", "bulkhead tokens list");
  }

  @Test
  void makes_lists_and_removes_service_accounts() {
    fixture.answer("/api/v1/groups", page("{\"id\":\"g1\",\"name\":\"web\",\"tags\":[]}"));

    assertThat(run("service-accounts", "list").out())
        .contains("deployer", "operator", "env:prod, group web");
    Verb made =
        run(
            "service-accounts",
            "create",
            "deployer",
            "--role",
            "operator",
            "--tag",
            "env:prod",
            "--group",
            "web");
    assertThat(made.out()).contains("--service-account deployer");
    assertThat(run("service-accounts", "remove", "deployer").exit()).isZero();

    assertThat(fixture.changes())
        .containsExactly(
            new Call(
                "POST",
                "/api/v1/service-accounts",
                "{\"name\":\"deployer\",\"role\":\"operator\",\"scope\":{\"tags\":[\"env:prod\"],\"groups\":[\"g1\"]}}",
                ""),
            new Call("DELETE", "/api/v1/service-accounts/a1", "", ""));
  }

  private static String edit(boolean enabled) {
    return "{\"name\":\"ci\",\"enabled\":" + enabled + ",\"networks\":[\"10.0.0.0/8\"]}";
  }

  private static String page(String item) {
    return "{\"items\":[" + item + "],\"nextCursor\":null}";
  }

  private Verb run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return Verb.run(all.toArray(String[]::new));
  }
}
