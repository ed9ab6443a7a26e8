package dev.bulkhead.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.Race;
import dev.bulkhead.server.Records;
import dev.bulkhead.server.TestServer;
import dev.bulkhead.server.database.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PeopleTest {
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
  void list_isPaged_filtered_andSaysWhoMayBeChanged() {
    Person.invite(server, owner.browser(), "Ánna", "viewer", null);
    Person.invite(server, owner.browser(), "bert", "operator", List.of("env:prod"));
    final Person admin = Person.invite(server, owner.browser(), "admin");

    final JsonNode first = admin.browser().get("/api/v1/people?limit=3").json();
    final JsonNode second =
        admin
            .browser()
            .get("/api/v1/people?limit=3&cursor=" + first.path("nextCursor").asString())
            .json();

    final List<JsonNode> all = new ArrayList<>();
    first.path("items").forEach(all::add);
    second.path("items").forEach(all::add);
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertThat(all)
        .extracting(person -> person.path("name").asString())
        .containsExactlyInAnyOrder("Ánna", "bert", "admin", Owner.NAME);
    final JsonNode self = named(all, "admin");
    assertThat(self.path("isSelf").asBoolean()).isTrue();
    assertThat(self.path("changeable").asBoolean()).isFalse();
    assertThat(self.path("sessions").asInt()).isEqualTo(1);
    assertThat(self.path("factors").toString()).isEqualTo("[\"totp\"]");
    assertThat(self.path("lastSignInAt").asString()).isNotEmpty();
    assertThat(named(all, Owner.NAME).path("changeable").asBoolean())
        .as("an admin cannot change an owner")
        .isFalse();
    assertThat(named(all, Owner.NAME).path("platform").asBoolean()).isTrue();
    final JsonNode bert = named(all, "bert");
    assertThat(bert.path("changeable").asBoolean()).isTrue();
    assertThat(bert.path("scope").path("tags").path(0).asString()).isEqualTo("env:prod");
    assertThat(named(all, "Ánna").path("scope").isNull()).isTrue();
    assertThat(admin.browser().get("/api/v1/people?role=operator").json().path("items")).hasSize(1);
    assertThat(admin.browser().get("/api/v1/people?query=NNA").json().path("items")).hasSize(1);
    assertThat(admin.browser().get("/api/v1/people?state=suspended").json().path("items"))
        .isEmpty();
    for (String wrong : List.of("role=local", "state=gone", "cursor=x", "limit=0")) {
      assertThat(admin.browser().get("/api/v1/people?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  @Tag("CG-C008")
  void session_saysWhatThePersonMay() {
    final Person viewer =
        Person.invite(server, owner.browser(), "viewer", "viewer", List.of("env:prod"));

    final JsonNode account = viewer.account();

    assertThat(account.path("role").asString()).isEqualTo("viewer");
    assertThat(account.path("platform").asBoolean()).isFalse();
    assertThat(account.path("scope").path("tags").toString()).isEqualTo("[\"env:prod\"]");
    assertThat(account.path("permissions").toString())
        .isEqualTo("[\"own_account\",\"own_sign_in\",\"api_read\",\"hosts_read\",\"tenant_read\"]");
    final JsonNode first = owner.browser().get("/api/v1/session").json().path("account");
    assertThat(first.path("platform").asBoolean()).isTrue();
    assertThat(first.path("scope").isNull()).isTrue();
    assertThat(first.path("permissions").toString()).contains("platform_tenants", "tenant_delete");
  }

  @Test
  void roles_sayWhatTheyAllow_andWhichTheAskerMayGive() {
    final Person admin = Person.invite(server, owner.browser(), "admin");
    final Person viewer = Person.invite(server, owner.browser(), "viewer");

    assertThat(grantable(owner.browser()))
        .containsExactly("owner", "admin", "operator", "viewer", "auditor");
    assertThat(grantable(admin.browser()))
        .containsExactly("admin", "operator", "viewer", "auditor");
    assertThat(grantable(viewer.browser())).isEmpty();
    assertThat(viewer.browser().get("/api/v1/roles").json().path("items").path(3).toString())
        .contains("\"viewer\"", "hosts_read");
  }

  @Test
  void change_isEffectiveAtOnce_endsSessions_andIsRecorded() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");

    final Browser.Answer changed = grant(owner.browser(), viewer.id(), "operator", null);

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("role").asString()).isEqualTo("operator");
    assertThat(changed.json().path("sessions").asInt()).isZero();
    assertThat(viewer.browser().get("/api/v1/session").status()).isEqualTo(401);
    final AuditRecord record = Records.list(server, owner.tenant(), "person.changed").getLast();
    assertThat(record.details())
        .containsEntry("role", "viewer → operator")
        .containsEntry("name", "viewer");
    assertThat(grant(owner.browser(), viewer.id(), "operator", null).json().path("version"))
        .as("what changes nothing is no change")
        .isEqualTo(changed.json().path("version"));
  }

  @Test
  void change_ofAnOlderVersion_isRefused() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");
    final String path = "/api/v1/people/" + viewer.id();
    final String seen = etag(owner.browser().get(path));
    grant(owner.browser(), viewer.id(), "operator", null);

    final Browser.Answer answer = owner.browser().putIfMatch(path, body("auditor", null), seen);

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.code()).isEqualTo("changed_meanwhile");
    final String now = etag(owner.browser().get(path));
    assertThat(owner.browser().putIfMatch(path, body("auditor", null), now).status())
        .isEqualTo(200);
  }

  @Test
  void admin_neitherMakesNorChangesOwners_norThemselves() {
    final Person admin = Person.invite(server, owner.browser(), "admin");
    final Person viewer = Person.invite(server, owner.browser(), "viewer");
    final String ownerId = account(owner.browser()).path("id").asString();
    final Browser by = admin.browser();

    for (Browser.Answer answer :
        List.of(
            grant(by, viewer.id(), "owner", null),
            grant(by, UUID.fromString(ownerId), "viewer", null),
            by.post("/api/v1/people/" + ownerId + "/suspend", Map.of()),
            by.delete("/api/v1/people/" + ownerId),
            by.post("/api/v1/invitations", Person.wanted("x", "owner", null)))) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("beyond_own_role");
    }
    for (Browser.Answer answer :
        List.of(
            grant(by, admin.id(), "viewer", null),
            by.post("/api/v1/people/" + admin.id() + "/suspend", Map.of()),
            by.delete("/api/v1/people/" + admin.id()))) {
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("own_account");
    }
    assertThat(grant(by, UUID.randomUUID(), "viewer", null).status()).isEqualTo(404);
    assertThat(by.get("/api/v1/people/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void scopedAdmin_givesAndTakesOnlyWithinTheirScope() {
    final Person admin =
        Person.invite(server, owner.browser(), "prod admin", "admin", List.of("env:prod"));
    final Person whole = Person.invite(server, owner.browser(), "whole", "viewer", null);
    final Person inside =
        Person.invite(server, owner.browser(), "inside", "viewer", List.of("env:prod"));
    final Browser by = admin.browser();

    assertThat(grant(by, whole.id(), "viewer", List.of("env:prod")).code())
        .isEqualTo("beyond_own_role");
    assertThat(grant(by, inside.id(), "operator", null).code()).isEqualTo("beyond_own_role");
    assertThat(grant(by, inside.id(), "operator", List.of("env:prod", "env:test")).code())
        .isEqualTo("beyond_own_role");
    assertThat(grant(by, inside.id(), "operator", List.of("env:prod")).status()).isEqualTo(200);
    assertThat(by.post("/api/v1/groups", Map.of("name", "g", "tags", List.of("a"))).status())
        .as("groups are made of what scopes are")
        .isEqualTo(403);
    assertThat(by.get("/api/v1/audit/records").status())
        .as("the record tells of every host")
        .isEqualTo(403);
  }

  @Test
  void owner_cannotBeScoped_andAScopeNamesSomething() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");

    assertThat(grant(owner.browser(), viewer.id(), "owner", List.of("a")).code())
        .isEqualTo("validation");
    assertThat(grant(owner.browser(), viewer.id(), "viewer", List.of()).code())
        .isEqualTo("validation");
    assertThat(grant(owner.browser(), viewer.id(), "local", null).code()).isEqualTo("validation");
    assertThat(grant(owner.browser(), viewer.id(), "viewer", List.of("not a tag")).code())
        .isEqualTo("validation");
    assertThat(
            owner
                .browser()
                .put(
                    "/api/v1/people/" + viewer.id(),
                    Map.of(
                        "role",
                        "viewer",
                        "scope",
                        Map.of("tags", List.of(), "groups", List.of(UUID.randomUUID().toString()))))
                .code())
        .isEqualTo("validation");
  }

  @Test
  void suspend_shutsOutAtOnce_andResumeLetsInAgain() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");
    final String path = "/api/v1/people/" + viewer.id();

    final Browser.Answer suspended = owner.browser().post(path + "/suspend", Map.of());

    assertThat(suspended.json().path("state").asString()).isEqualTo("suspended");
    assertThat(suspended.json().path("suspendedAt").asString()).isNotEmpty();
    assertThat(viewer.browser().get("/api/v1/hosts").status()).isEqualTo(401);
    assertThat(signIn(viewer).status()).isEqualTo(401);
    assertThat(owner.browser().post(path + "/suspend", Map.of()).status()).isEqualTo(200);

    final Browser.Answer resumed = owner.browser().post(path + "/resume", Map.of());

    assertThat(resumed.json().path("state").asString()).isEqualTo("active");
    assertThat(signIn(viewer).status()).isEqualTo(200);
    assertThat(Records.list(server, owner.tenant(), "person.suspended")).hasSize(1);
    assertThat(Records.list(server, owner.tenant(), "person.resumed")).hasSize(1);
  }

  @Test
  void remove_endsEverything_andFreesTheName() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");

    assertThat(owner.browser().delete("/api/v1/people/" + viewer.id()).status()).isEqualTo(204);

    assertThat(viewer.browser().get("/api/v1/session").status()).isEqualTo(401);
    assertThat(owner.browser().get("/api/v1/people/" + viewer.id()).status()).isEqualTo(404);
    assertThat(signIn(viewer).status()).isEqualTo(401);
    assertThat(Person.invite(server, owner.browser(), "viewer").account().path("name").asString())
        .isEqualTo("viewer");
  }

  @Test
  void whoMayNotInviteAnyMore_hasNoOpenInvitations() {
    final Person admin = Person.invite(server, owner.browser(), "admin");
    final String code = Person.code(admin.browser(), "a friend", "admin", null);

    grant(owner.browser(), admin.id(), "viewer", null);

    final Browser friend = new Browser(server.port());
    friend.get("/api/v1/setup");
    assertThat(friend.post("/api/v1/invitation/code", Map.of("code", code)).code())
        .isEqualTo("invitation_wrong");
  }

  @Test
  void twoOwners_whoDoAwayWithEachOther_leaveOne() {
    for (String deed : List.of("demote", "suspend", "remove")) {
      final Person one = Person.invite(server, owner.browser(), deed + " one", "owner", null);
      final Person two = Person.invite(server, owner.browser(), deed + " two", "owner", null);
      leaveOnly(one);

      final List<Integer> statuses =
          Race.<Integer>run(
              List.<Callable<Integer>>of(
                  () -> deed(deed, one, two).status(), () -> deed(deed, two, one).status()));

      assertThat(statuses).as(deed).filteredOn(status -> status < 300).hasSize(1);
      // The loser's session has ended, or lost its role on the way, or met the guard.
      assertThat(statuses).as(deed).filteredOn(status -> status >= 300).isSubsetOf(401, 403, 409);
      final Person left = statuses.getFirst() < 300 ? one : two;
      final JsonNode owners =
          left.browser().get("/api/v1/people?role=owner&state=active").json().path("items");
      assertThat(owners).as(deed).hasSize(1);
      assertThat(owners.path(0).path("name").asString()).isEqualTo(left.name());
      owner = new Owner(left.browser(), owner.tenant(), left.totp());
    }
  }

  @Test
  void platform_keepsSomebody_andIsGivenByThoseWhoHaveIt() {
    final Person second = Person.invite(server, owner.browser(), "second", "owner", null);
    final String first = "/api/v1/people/" + account(owner.browser()).path("id").asString();
    final String other = "/api/v1/people/" + second.id();

    assertThat(second.browser().put(other + "/platform", Map.of("platform", true)).status())
        .isEqualTo(403);
    assertThat(owner.browser().put(first + "/platform", Map.of("platform", false)).code())
        .isEqualTo("last_platform_operator");
    assertThat(second.browser().delete(first).code()).isEqualTo("last_platform_operator");
    assertThat(
            owner
                .browser()
                .put(other + "/platform", Map.of("platform", true))
                .json()
                .path("platform")
                .asBoolean())
        .isTrue();
    assertThat(owner.browser().put(first + "/platform", Map.of("platform", false)).status())
        .isEqualTo(200);
    assertThat(account(owner.browser()).path("platform").asBoolean()).isFalse();
  }

  @Test
  void deniedAttempts_areOnTheTenantsRecord_oneForAMinute() {
    final Person viewer = Person.invite(server, owner.browser(), "viewer");
    for (int i = 0; i < 5; i++) {
      assertThat(viewer.browser().get("/api/v1/people").status()).isEqualTo(403);
      assertThat(viewer.browser().post("/api/v1/invitations", Map.of()).status()).isEqualTo(403);
    }

    server.restart();

    final List<AuditRecord> denied = Records.list(server, owner.tenant(), "access.denied");
    assertThat(denied).hasSizeBetween(1, 2);
    assertThat(denied.stream().mapToInt(r -> Integer.parseInt(r.details().get("attempts"))).sum())
        .isEqualTo(10);
    assertThat(denied.getFirst().actor().name()).isEqualTo("viewer");
    assertThat(denied.getFirst().details().get("reason")).contains("people_read");
    assertThat(denied.getFirst().outcome()).isEqualTo(AuditRecord.Outcome.DENIED);
  }

  // Only these two are left of the owners, and both run the installation.
  private void leaveOnly(Person one) {
    final String first = account(owner.browser()).path("id").asString();
    final Database database = server.bean(Database.class);
    database.inTenant(
        owner.tenant(),
        () ->
            database.sql().sql("update person set platform = true where role = 'owner'").update());
    assertThat(one.browser().delete("/api/v1/people/" + first).status()).isEqualTo(204);
  }

  private static Browser.Answer deed(String deed, Person by, Person to) {
    final String path = "/api/v1/people/" + to.id();
    return switch (deed) {
      case "demote" -> by.browser().put(path, body("viewer", null));
      case "suspend" -> by.browser().post(path + "/suspend", Map.of());
      default -> by.browser().delete(path);
    };
  }

  private Browser.Answer signIn(Person person) {
    final Browser browser = new Browser(server.port());
    browser.get("/api/v1/setup");
    final Browser.Answer next =
        browser.post(
            "/api/v1/session/password", Map.of("name", person.name(), "password", Owner.PASSWORD));
    return next.status() == 200
        ? browser.post(
            "/api/v1/session/totp",
            Map.of(
                "ceremony", next.json().path("ceremony").asString(), "code", person.totp().code(1)))
        : next;
  }

  private static Browser.Answer grant(
      Browser by, UUID id, String role, @Nullable List<String> tags) {
    return by.put("/api/v1/people/" + id, body(role, tags));
  }

  private static Map<String, Object> body(String role, @Nullable List<String> tags) {
    final Map<String, Object> body = new HashMap<>();
    body.put("role", role);
    body.put("scope", Person.scope(tags));
    return body;
  }

  private static String etag(Browser.Answer answer) {
    return Objects.requireNonNull(answer.headers().get("etag")).getFirst();
  }

  private static JsonNode account(Browser browser) {
    return browser.get("/api/v1/session").json().path("account");
  }

  private static JsonNode named(List<JsonNode> people, String name) {
    return people.stream()
        .filter(person -> person.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> grantable(Browser by) {
    final List<String> codes = new ArrayList<>();
    by.get("/api/v1/roles")
        .json()
        .path("items")
        .forEach(
            role -> {
              if (role.path("grantable").asBoolean()) {
                codes.add(role.path("code").asString());
              }
            });
    return codes;
  }
}
