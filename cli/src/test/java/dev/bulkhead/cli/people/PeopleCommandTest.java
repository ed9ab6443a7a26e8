package dev.bulkhead.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.client.FixtureServer;
import dev.bulkhead.cli.client.FixtureServer.Call;
import dev.bulkhead.cli.client.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeopleCommandTest {

  private static final String PERSON =
      """
      {"id":"p1","name":"Robin","role":"operator","scope":{"tags":["env:prod"],"groups":[]},"platform":false,
       "state":"active","suspendedAt":null,"createdAt":"2026-01-02T03:04:05Z","lastSignInAt":null,
       "factors":["totp","passkey"],"sessions":1,"version":7,"isSelf":false,"changeable":true}""";
  private static final String INVITATION =
      """
      {"id":"i1","note":"Robin","role":"viewer","scope":null,"createdByName":"owner",
       "createdAt":"2026-01-02T03:04:05Z","expiresAt":"2026-01-05T03:04:05Z","state":"open","acceptedAt":null,
       "acceptedByName":null}""";
  private static final String GROUP =
      """
      {"id":"g1","name":"web","tags":["role:web"],"hosts":4,"version":1}""";

  @TempDir private Path state;
  private FixtureServer fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = FixtureServer.start(state);
    fixture.answer("GET", "/api/v1/people", 200, page(PERSON));
    fixture.answer("GET", "/api/v1/invitations", 200, page(INVITATION));
    fixture.answer("GET", "/api/v1/groups", 200, page(GROUP));
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void lists_people_with_conditions() {
    Verb verb = run("people", "list", "--role", "operator", "--person-state", "active");

    assertThat(verb.out()).contains("Robin", "operator", "env:prod", "active", "totp, passkey");
    assertThat(fixture.requests()).contains("/api/v1/people?role=operator&state=active");
  }

  @Test
  void prints_the_code_of_an_invitation_alone() {
    fixture.answer(
        "POST",
        "/api/v1/invitations",
        201,
        "{\"invitation\":" + INVITATION + ",\"code\":\"bhi1_abc\"}");

    Verb verb =
        run(
            "people",
            "invite",
            "--role",
            "viewer",
            "--tag",
            "env:prod",
            "--group",
            "web",
            "--note",
            "Robin",
            "--hours",
            "5");

    assertThat(verb.out()).isEqualTo("bhi1_abc" + System.lineSeparator());
    assertThat(verb.err()).contains("2026-01-05T03:04:05Z", "/invitation");
    assertThat(fixture.changes())
        .containsExactly(
            new Call(
                "POST",
                "/api/v1/invitations",
                "{\"note\":\"Robin\",\"role\":\"viewer\",\"scope\":{\"tags\":[\"env:prod\"],\"groups\":[\"g1\"]},"
                    + "\"expiresInHours\":5}",
                ""));
  }

  @Test
  void changes_a_role_with_the_version_that_it_saw() {
    fixture.answer(
        "PUT",
        "/api/v1/people/p1",
        200,
        PERSON
            .replace("operator", "viewer")
            .replaceFirst("\"scope\":\\{.*?\\]\\}", "\"scope\":null"));

    Verb verb = run("people", "role", "robin", "viewer");

    assertThat(verb.out()).contains("Robin is viewer of all hosts now.");
    assertThat(fixture.changes())
        .containsExactly(
            new Call("PUT", "/api/v1/people/p1", "{\"role\":\"viewer\",\"scope\":null}", "\"7\""));
  }

  @Test
  void suspends_resumes_and_removes() {
    fixture.answer("POST", "/api/v1/people/p1/suspend", 200, PERSON);
    fixture.answer("POST", "/api/v1/people/p1/resume", 200, PERSON);
    fixture.answer("DELETE", "/api/v1/people/p1", 204, "");

    assertThat(run("people", "suspend", "Robin").out()).contains("Robin is suspended");
    assertThat(run("people", "resume", "Robin").out()).contains("may sign in again");
    assertThat(run("people", "remove", "Robin").out()).contains("Robin is removed");

    assertThat(fixture.changes().stream().map(call -> call.method() + " " + call.target()))
        .containsExactly(
            "POST /api/v1/people/p1/suspend",
            "POST /api/v1/people/p1/resume",
            "DELETE /api/v1/people/p1");
  }

  @Test
  void passes_on_why_the_server_refused() {
    fixture.answer(
        "DELETE",
        "/api/v1/people/p1",
        409,
        "{\"title\":\"A tenant keeps an owner\",\"status\":409,\"code\":\"last_owner\"}");

    Verb verb = run("people", "remove", "Robin");

    assertThat(verb.exit()).isEqualTo(1);
    assertThat(verb.err()).contains("A tenant keeps an owner (last_owner).");
  }

  @Test
  void lists_and_revokes_invitations() {
    fixture.answer("DELETE", "/api/v1/invitations/i1", 204, "");

    assertThat(run("invitations", "list").out()).contains("Robin", "viewer", "all hosts", "open");
    assertThat(run("invitations", "revoke", "i1").exit()).isZero();

    assertThat(fixture.changes())
        .containsExactly(new Call("DELETE", "/api/v1/invitations/i1", "", ""));
  }

  @Test
  void lists_makes_and_removes_groups() {
    fixture.answer("POST", "/api/v1/groups", 201, GROUP);
    fixture.answer("DELETE", "/api/v1/groups/g1", 204, "");

    assertThat(run("groups", "list").out()).contains("web", "4", "role:web");
    assertThat(run("groups", "create", "web", "--tag", "role:web").out()).contains("4 hosts");
    assertThat(run("groups", "remove", "web").exit()).isZero();

    assertThat(fixture.changes().getFirst().body())
        .isEqualTo("{\"name\":\"web\",\"tags\":[\"role:web\"]}");
  }

  @Test
  void names_its_verbs_when_there_is_none() {
    Verb verb = Verb.run("people");

    assertThat(verb.exit()).isEqualTo(2);
    assertThat(verb.err()).contains("list, invite, role, suspend, resume, remove");
  }

  private static String page(String item) {
    return "{\"items\":[" + item + "],\"nextCursor\":null}";
  }

  private Verb run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", state.toString()));
    return Verb.run(all.toArray(String[]::new));
  }
}
