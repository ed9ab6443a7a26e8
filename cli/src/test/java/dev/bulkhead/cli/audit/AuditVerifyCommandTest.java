package dev.bulkhead.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.FixtureServer.Reply;
import dev.bulkhead.cli.client.Json;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditVerifyCommandTest {

  private static final String TENANT = "d7f1e782-ff0b-4f14-a3ed-8f4d6dd88c43";
  private static final String RECORDS = "/api/v1/audit/records";

  @TempDir private Path directory;
  private FixtureServer fixture;
  private FixtureChain tenant = FixtureChain.of(TENANT, 12, "owner");
  private FixtureChain platform = FixtureChain.of("platform", 3, "server");

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(directory.resolve("state"));
    fixture.answer(
        RECORDS,
        query -> "platform".equals(query.get("chain")) ? platform.page(query) : tenant.page(query));
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  private Verb verify(String... more) {
    String[] arguments = new String[more.length + 6];
    arguments[0] = "audit";
    arguments[1] = "verify";
    arguments[2] = "--state";
    arguments[3] = fixture.state().toString();
    arguments[4] = "--witness";
    arguments[5] = witnesses().toString();
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Verb.run(arguments);
  }

  private Path witnesses() {
    return directory.resolve("witness");
  }

  private Path witness() {
    return witnesses().resolve(FixtureServer.INSTALLATION + ".json");
  }

  private void assertBroken(int sequence, String reason) {
    Verb verb = verify();
    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out())
        .contains(
            "tenant " + TENANT, "not intact, first bad record " + sequence + " (" + reason + ")");
  }

  @Test
  void finds_both_chains_intact_and_remembers_them() throws IOException {
    Verb verb = verify();

    assertThat(verb.exit()).isZero();
    assertThat(verb.out())
        .contains("intact up to 12", "hash " + tenant.hash(12))
        .contains("intact up to 3", "hash " + platform.hash(3))
        .contains("seen by this machine for the first time");
    assertThat(Files.readString(witness())).contains(TENANT, tenant.hash(12), platform.hash(3));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(witness())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(witnesses())))
        .isEqualTo("rwx------");
  }

  @Test
  void says_how_far_the_record_is_as_it_was() {
    verify();
    assertThat(verify().out()).contains("all of it is as this machine saw it");

    tenant.append(5, "owner");

    assertThat(verify().out())
        .contains("intact up to 17", "up to 12 as this machine saw it", "5 newer, seen now");
  }

  @Test
  void reads_long_chains_in_pages_of_a_thousand() {
    tenant = FixtureChain.of(TENANT, 2345, "owner");

    assertThat(verify().out()).contains("intact up to 2345");
    assertThat(fixture.requests())
        .contains(
            RECORDS + "?chain=tenant&cursor=1000&limit=1000",
            RECORDS + "?chain=tenant&cursor=2000&limit=1000");
  }

  @Test
  void finds_a_record_that_was_edited() {
    tenant.edit(7);

    assertBroken(7, "edited");
    assertThat(Files.exists(witness())).isTrue();
    assertThat(verify().out()).contains("platform: ● intact up to 3");
  }

  @Test
  void finds_a_record_that_was_edited_with_its_hash() {
    tenant.rewrite(7);

    assertBroken(7, "edited");
  }

  @Test
  void finds_a_record_that_was_deleted() {
    tenant.delete(7);

    assertBroken(7, "missing");
  }

  @Test
  void finds_records_that_changed_places() {
    tenant.swap(4, 5);

    assertBroken(4, "reordered");
  }

  @Test
  void finds_a_row_that_is_no_record() {
    tenant.garble(2);

    assertBroken(2, "edited");
  }

  @Test
  void finds_a_chain_that_was_cut_since_this_machine_saw_it() throws IOException {
    verify();
    String seen = tenant.hash(12);

    tenant.truncate(9);

    assertBroken(10, "truncated");
    assertThat(verify().out()).contains("this machine saw it intact up to 12");
    assertThat(Files.readString(witness())).contains(seen);
  }

  @Test
  void finds_a_chain_that_was_written_anew_since_this_machine_saw_it() {
    verify();

    tenant = FixtureChain.of(TENANT, 20, "somebody else");

    assertBroken(12, "edited");
    assertThat(verify().exit()).isEqualTo(1);
  }

  @Test
  void finds_a_chain_that_is_empty_since_this_machine_saw_it() {
    verify();

    tenant.truncate(0);

    assertBroken(1, "truncated");
  }

  @Test
  void refuses_another_chain_in_the_place_of_the_known_one() {
    verify();

    tenant = FixtureChain.of("11111111-ff0b-4f14-a3ed-8f4d6dd88c43", 20, "somebody else");
    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("in the place of " + TENANT);
  }

  @Test
  void refuses_another_installation_in_the_place_of_the_known_one() {
    verify();

    fixture.answer("/api/v1/setup", "{\"state\":\"done\",\"installation\":{\"id\":\"0badcafe\"}}");
    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("another installation", "remove " + witness());
  }

  @Test
  void never_calls_a_record_intact_whose_rest_it_could_not_read() {
    tenant = FixtureChain.of(TENANT, 1500, "owner");
    fixture.answer(
        RECORDS,
        query ->
            "0".equals(query.get("cursor"))
                ? tenant.page(query)
                : new Reply(500, "{\"status\":500}"));

    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.out()).doesNotContain("intact");
    assertThat(Files.exists(witness())).isFalse();
  }

  @Test
  void refuses_a_server_that_promises_a_rest_and_goes_in_circles() {
    fixture.answer(
        RECORDS, _ -> Reply.ok("{\"chain\":\"" + TENANT + "\",\"items\":[],\"nextCursor\":\"0\"}"));

    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("more records after 0 and does not say where");
  }

  @Test
  void refuses_an_installation_id_that_names_another_file() {
    fixture.answer(
        "/api/v1/setup", "{\"state\":\"done\",\"installation\":{\"id\":\"../../etc/x\"}}");

    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("installation id is none");
  }

  @Test
  void says_it_when_its_memory_cannot_be_read() throws IOException {
    verify();
    Files.writeString(witness(), "{\"chains\":{\"platform\":{\"sequence\":0}}}");

    Verb verb = verify();

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("Could not read " + witness());
  }

  @Test
  void prints_it_all_as_json() {
    verify();
    tenant.edit(7);

    Verb verb = verify("--json");
    var json = Json.parse(verb.out().getBytes(StandardCharsets.UTF_8));

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(json.path("intact").asBoolean()).isFalse();
    assertThat(Json.count(json.path("chains").path(0), "firstBad")).isEqualTo(7);
    assertThat(Json.text(json.path("chains").path(0), "reason")).isEqualTo("edited");
    assertThat(Json.count(json.path("chains").path(0).path("seenBefore"), "sequence"))
        .isEqualTo(12);
    assertThat(json.path("chains").path(1).path("intact").asBoolean()).isTrue();
  }
}
