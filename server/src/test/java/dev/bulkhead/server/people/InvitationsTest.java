package dev.bulkhead.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.Race;
import dev.bulkhead.server.Records;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class InvitationsTest {
  private TestServer server;
  private Owner owner;

  @BeforeEach
  void start() {
    server = TestServer.start();
    owner = Owner.setUp(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void accept_givesTheRoleAndScopeOfTheInvitation_andNothingElse() {
    final Browser.Answer made =
        owner
            .browser()
            .post("/api/v1/invitations", Person.wanted("the new one", "operator", List.of("a:b")));
    final String code = made.json().path("code").asString();
    final Browser guest = new Browser(server.port());
    guest.get("/api/v1/setup");

    final JsonNode opened =
        guest.post("/api/v1/invitation/code", Map.of("code", " " + code + "\n")).json();

    assertThat(made.status()).isEqualTo(201);
    assertThat(code).startsWith("bhi1_").hasSize(96);
    assertThat(opened.path("tenantName").asString()).isEqualTo("Acme");
    assertThat(opened.path("role").asString()).isEqualTo("operator");
    assertThat(opened.path("note").asString()).isEqualTo("the new one");
    assertThat(opened.path("invitedBy").asString()).isEqualTo(Owner.NAME);
    final Person person = Person.accept(server, code, "carla");
    assertThat(person.account().path("role").asString()).isEqualTo("operator");
    assertThat(person.account().path("scope").path("tags").toString()).isEqualTo("[\"a:b\"]");
    assertThat(person.account().path("tenantId").asString()).isEqualTo(owner.tenant().toString());
    assertThat(person.account().path("platform").asBoolean()).isFalse();
    final JsonNode listed = owner.browser().get("/api/v1/invitations").json().path("items").path(0);
    assertThat(listed.path("state").asString()).isEqualTo("accepted");
    assertThat(listed.path("acceptedByName").asString()).isEqualTo("carla");
    assertThat(listed.toString()).doesNotContain(code).doesNotContain("bhi1_");
    assertThat(Records.list(server, owner.tenant(), "person.invited")).hasSize(1);
    assertThat(
            Records.list(server, owner.tenant(), "invitation.accepted").getFirst().actor().name())
        .isEqualTo("carla");
  }

  @Test
  void code_thatIsWrongUsedRevokedOrExpired_getsOneAnswer() {
    final String used = Person.code(owner.browser(), "used", "viewer", null);
    Person.accept(server, used, "used");
    final String revoked = Person.code(owner.browser(), "revoked", "viewer", null);
    assertThat(owner.browser().delete("/api/v1/invitations/" + idOf("revoked")).status())
        .isEqualTo(204);
    final String expired = Person.code(owner.browser(), "expired", "viewer", null);
    expire("expired");
    final String good = Person.code(owner.browser(), "good", "viewer", null);
    final String mistyped =
        good.substring(0, 40) + (good.charAt(40) == 'A' ? 'B' : 'A') + good.substring(41);

    final Browser guest = new Browser(server.port());
    guest.get("/api/v1/setup");
    final List<String> bodies = new ArrayList<>();
    for (String code : List.of(used, revoked, expired, mistyped, "bhi1_", "hello", "bhi1_%%%")) {
      final Browser.Answer answer = guest.post("/api/v1/invitation/code", Map.of("code", code));
      assertThat(answer.status()).as(code).isEqualTo(403);
      assertThat(answer.code()).as(code).isEqualTo("invitation_wrong");
      bodies.add(answer.text());
    }

    assertThat(bodies).containsOnly(bodies.getFirst());
    assertThat(states())
        .containsExactly("good open", "expired expired", "revoked revoked", "used accepted");
    assertThat(owner.browser().delete("/api/v1/invitations/" + idOf("used")).status())
        .isEqualTo(204);
    assertThat(owner.browser().delete("/api/v1/invitations/" + UUID.randomUUID()).status())
        .isEqualTo(404);
  }

  @Test
  void twentyWhoAcceptOneInvitation_makeOnePerson() {
    final String code = Person.code(owner.browser(), "somebody", "viewer", null);
    final List<Person.Accepting> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crowd.add(Person.begin(server, code, "guest " + i));
    }

    final List<Browser.Answer> answers =
        Race.run(crowd.stream().<Callable<Browser.Answer>>map(one -> one::finish).toList());

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(19)
        .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("invitation_wrong"));
    assertThat(owner.browser().get("/api/v1/people").json().path("items")).hasSize(2);
  }

  @Test
  void twoWhoTakeOneName_getItOnce() {
    final String first = Person.code(owner.browser(), "first", "viewer", null);
    final String second = Person.code(owner.browser(), "second", "viewer", null);
    final Person.Accepting one = Person.begin(server, first, "Dora");
    final Person.Accepting two = Person.begin(server, second, "dora");

    assertThat(one.finish().status()).isEqualTo(200);

    assertThat(two.finish().code()).isEqualTo("name_taken");
    assertThat(Person.accept(server, second, "dora the second").name()).isNotEmpty();
    final String third = Person.code(owner.browser(), "third", "viewer", null);
    final Browser guest = new Browser(server.port());
    guest.get("/api/v1/setup");
    final String ceremony =
        guest
            .post("/api/v1/invitation/code", Map.of("code", third))
            .json()
            .path("ceremony")
            .asString();
    assertThat(
            guest
                .post(
                    "/api/v1/invitation/account",
                    Map.of("ceremony", ceremony, "name", "DORA", "password", Owner.PASSWORD))
                .code())
        .isEqualTo("name_taken");
  }

  @Test
  void invitation_revokedMeanwhile_opensNothing() {
    final String code = Person.code(owner.browser(), "late", "viewer", null);
    final Person.Accepting late = Person.begin(server, code, "late");

    owner.browser().delete("/api/v1/invitations/" + idOf("late"));

    assertThat(late.finish().code()).isEqualTo("invitation_wrong");
    assertThat(owner.browser().get("/api/v1/people").json().path("items")).hasSize(1);
  }

  @Test
  void finish_withWrongCode_makesNobody() {
    final String code = Person.code(owner.browser(), "eve", "viewer", null);
    final Person.Accepting accepting = Person.begin(server, code, "eve");

    final Browser.Answer answer =
        accepting
            .browser()
            .post(
                "/api/v1/invitation/finish",
                Map.of("ceremony", accepting.ceremony(), "factor", "totp", "code", "12345x"));

    assertThat(answer.code()).isEqualTo("factor_wrong");
    assertThat(accepting.finish().status()).isEqualTo(200);
  }

  @Test
  void setupCeremony_opensNoInvitation() {
    final String code = Person.code(owner.browser(), "x", "viewer", null);
    final Browser guest = new Browser(server.port());
    guest.get("/api/v1/setup");
    final String opened =
        guest
            .post("/api/v1/invitation/code", Map.of("code", code))
            .json()
            .path("ceremony")
            .asString();

    final Browser.Answer answer =
        guest.post(
            "/api/v1/invitation/finish",
            Map.of("ceremony", opened, "factor", "totp", "code", "123456"));

    assertThat(answer.code()).isEqualTo("ceremony_expired");
  }

  @Test
  void list_isPaged_andBodiesAreChecked() {
    for (String note : List.of("one", "two", "three")) {
      Person.code(owner.browser(), note, "viewer", null);
    }

    final JsonNode first = owner.browser().get("/api/v1/invitations?limit=2").json();
    final JsonNode second =
        owner
            .browser()
            .get("/api/v1/invitations?limit=2&cursor=" + first.path("nextCursor").asString())
            .json();

    assertThat(first.path("items")).hasSize(2);
    assertThat(first.path("items").path(0).path("note").asString()).isEqualTo("three");
    assertThat(second.path("items")).hasSize(1);
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(owner.browser().get("/api/v1/invitations?cursor=QUJD").code())
        .isEqualTo("validation");
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("note", "", "role", "viewer"),
            Map.of("note", "x", "role", "king"),
            Map.of("note", "x", "role", "local"),
            Map.of("note", "x", "role", "viewer", "expiresInHours", 0),
            Map.of("note", "x", "role", "viewer", "expiresInHours", 337),
            Map.of("note", "x", "role", "viewer", "platform", true))) {
      assertThat(owner.browser().post("/api/v1/invitations", wrong).code())
          .as(wrong.toString())
          .isEqualTo("validation");
    }
  }

  @Test
  void database_knowsOnlyTheHashOfACode() {
    final String code = Person.code(owner.browser(), "x", "viewer", null);
    final byte[] secret =
        java.util.Arrays.copyOfRange(
            java.util.Base64.getUrlDecoder().decode(code.substring("bhi1_".length())), 32, 64);

    final byte[] stored =
        server
            .bean(Database.class)
            .inTenant(
                owner.tenant(),
                () ->
                    server
                        .bean(Database.class)
                        .sql()
                        .sql("select code_hmac from invitation")
                        .query((row, n) -> row.getBytes(1))
                        .single());

    assertThat(stored).hasSize(32).isNotEqualTo(secret);
  }

  private void expire(String note) {
    final Database database = server.bean(Database.class);
    database.inTenant(
        owner.tenant(),
        () ->
            database
                .sql()
                .sql("update invitation set expires_at = now() where note = ?")
                .param(note)
                .update());
  }

  private String idOf(String note) {
    return items().stream()
        .filter(one -> one.path("note").asString().equals(note))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private List<String> states() {
    return items().stream()
        .map(one -> one.path("note").asString() + " " + one.path("state").asString())
        .toList();
  }

  private List<JsonNode> items() {
    final List<JsonNode> all = new ArrayList<>();
    owner.browser().get("/api/v1/invitations").json().path("items").forEach(all::add);
    return all;
  }
}
