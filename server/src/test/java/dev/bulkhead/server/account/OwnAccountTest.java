package dev.bulkhead.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.Race;
import dev.bulkhead.server.Records;
import dev.bulkhead.server.identity.TestTotp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OwnAccountTest {
  private static final String ACCOUNT = AccountFixture.ACCOUNT;
  private static final String BETTER = "copper violin 93 harbour mist";

  private final AccountFixture fixture = AccountFixture.start();
  private Browser browser = fixture.browser();

  @BeforeEach
  void look() {
    browser = fixture.browser();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void account_isShownToItsOwnPerson() {
    final JsonNode account = fixture.account();

    assertThat(account.path("name").asString()).isEqualTo(Owner.NAME);
    assertThat(account.path("role").asString()).isEqualTo("owner");
    assertThat(account.path("passwordChangedAt").isNull()).isTrue();
    assertThat(account.path("totp").path("createdAt").asString()).isNotBlank();
    assertThat(account.path("passkeys")).isEmpty();
    assertThat(account.path("recoveryCodesLeft").asInt()).isEqualTo(10);
    assertThat(account.path("stepUp").path("freshUntil").asString()).isNotBlank();
  }

  @Test
  void password_change_endsAllOtherSessions_andSignInsThatBeganBefore() {
    final Browser elsewhere = fixture.signIn(Owner.NAME, Owner.PASSWORD, fixture.owner().totp(), 1);
    final Browser.LiveLines live = elsewhere.stream("/api/v1/events");
    final Browser begun = fixture.stranger();
    final String ceremony =
        fixture.password(begun, Owner.NAME, Owner.PASSWORD).json().path("ceremony").asString();
    final List<String> codes = recoveryCodes();
    final Browser thief = fixture.copyOf(browser);

    final Browser.Answer done = change(Owner.PASSWORD, BETTER);

    assertThat(done.status()).isEqualTo(204);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(thief.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(elsewhere.get("/api/v1/session").status()).isEqualTo(401);
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(live.ended()).isCompleted());
    assertThat(
            begun
                .post(
                    "/api/v1/session/recovery",
                    Map.of("ceremony", ceremony, "code", codes.getFirst()))
                .status())
        .as("the second step of a sign-in with the old password")
        .isEqualTo(401);
    assertThat(fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD).status())
        .isEqualTo(401);
    assertThat(fixture.password(fixture.stranger(), Owner.NAME, BETTER).status()).isEqualTo(200);
    assertThat(fixture.account().path("passwordChangedAt").asString()).isNotBlank();
    assertThat(recorded("password.changed")).isEqualTo(1);
  }

  @Test
  void password_change_withWrongCurrentOrWeakNewOne_changesNothing() {
    assertThat(field(change("not the password", BETTER))).isEqualTo("current");
    assertThat(field(change(Owner.PASSWORD, "password1234"))).isEqualTo("password");
    assertThat(field(change(Owner.PASSWORD, Owner.PASSWORD))).isEqualTo("password");

    assertThat(fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD).status())
        .isEqualTo(200);
    assertThat(recorded("password.refused")).isEqualTo(1);
  }

  @Test
  void signIn_withHashOfWeakerParameters_replacesIt() {
    final String weak =
        new org.springframework.security.crypto.argon2.Argon2PasswordEncoder(16, 32, 1, 1024, 1)
            .encode(Owner.PASSWORD);
    fixture.sql("update person set password_hash = '" + weak + "'");

    assertThat(fixture.password(fixture.stranger(), Owner.NAME, "wrong").status()).isEqualTo(401);
    assertThat(hash()).isEqualTo(weak);
    final Browser later = fixture.signIn(Owner.NAME, Owner.PASSWORD, fixture.owner().totp(), 1);

    assertThat(later.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(hash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void app_isReplaced_andTheOldOneIsDead() {
    final JsonNode offer = browser.post(ACCOUNT + "/totp/offer", Map.of()).json();
    final TestTotp fresh = new TestTotp(offer.path("totp").path("secret").asString());
    final String ceremony = offer.path("ceremony").asString();
    final Person admin = Person.invite(fixture.server(), browser, "admin");
    final Map<String, Object> right = Map.of("ceremony", ceremony, "code", fresh.code(0));

    assertThat(
            browser.post(ACCOUNT + "/totp", Map.of("ceremony", ceremony, "code", "000000x")).code())
        .isEqualTo("factor_wrong");
    assertThat(admin.browser().post(ACCOUNT + "/totp", right).code())
        .as("somebody else's ceremony")
        .isEqualTo("ceremony_expired");
    assertThat(browser.post(ACCOUNT + "/totp", right).status()).isEqualTo(200);
    assertThat(browser.post(ACCOUNT + "/totp", right).code())
        .as("replayed")
        .isEqualTo("ceremony_expired");

    assertThat(AccountFixture.stepUp(browser, "totp", fixture.owner().totp().code(1)).code())
        .isEqualTo("factor_wrong");
    assertThat(AccountFixture.stepUp(browser, "totp", fresh.code(1)).status()).isEqualTo(200);
    assertThat(recorded("totp.replaced")).isEqualTo(1);
  }

  @Test
  void lastFactor_stays() {
    assertThat(browser.delete(ACCOUNT + "/totp").code()).isEqualTo("last_factor");
    final TestPasskey passkey = fixture.addPasskey(browser, "key");

    assertThat(browser.delete(ACCOUNT + "/totp").status()).isEqualTo(200);
    assertThat(browser.delete(passkeyPath(browser, "key")).code()).isEqualTo("last_factor");

    assertThat(fixture.account().path("totp").isNull()).isTrue();
    assertThat(fixture.signIn(passkey).status()).isEqualTo(200);
    assertThat(recorded("totp.removed")).isEqualTo(1);
    assertThat(recorded("passkey.removed")).isZero();
  }

  @Test
  void lastTwoFactors_removedAtOnce_leaveOne() {
    final TestPasskey passkey = fixture.addPasskey(browser, "key");
    assertThat(fixture.signIn(passkey).status()).isEqualTo(200);
    final Browser second = fixture.signIn(Owner.NAME, Owner.PASSWORD, fixture.owner().totp(), 1);
    final String key = passkeyPath(browser, "key");

    final List<Integer> answers =
        Race.run(
            List.of(
                () -> browser.delete(ACCOUNT + "/totp").status(),
                () -> second.delete(key).status()));

    assertThat(answers).containsExactlyInAnyOrder(200, 409);
    final JsonNode account = fixture.account();
    assertThat((account.path("totp").isNull() ? 0 : 1) + account.path("passkeys").size())
        .isEqualTo(1);
  }

  @Test
  void passkeys_areSeveralAndNamed() {
    final TestPasskey first = fixture.addPasskey(browser, "laptop");
    final JsonNode options =
        browser.post(ACCOUNT + "/passkeys/offer", Map.of()).json().path("publicKey");
    assertThat(options.path("excludeCredentials").path(0).path("id").asString())
        .isEqualTo(first.credentialId());
    assertThat(options.path("authenticatorSelection").path("userVerification").asString())
        .isEqualTo("required");
    final TestPasskey second = fixture.addPasskey(browser, "phone");

    final Browser.Answer renamed =
        browser.put(passkeyPath(browser, "laptop"), Map.of("name", "old laptop"));
    assertThat(renamed.json().path("passkeys").toString()).contains("old laptop", "phone");
    assertThat(fixture.signIn(second).status()).isEqualTo(200);
    assertThat(browser.delete(passkeyPath(browser, "phone")).status()).isEqualTo(200);

    assertThat(fixture.signIn(second).status()).isEqualTo(401);
    assertThat(fixture.signIn(first).status()).isEqualTo(200);
    assertThat(fixture.account().path("passkeys").path(0).path("lastUsedAt").asString())
        .isNotBlank();
    assertThat(recorded("passkey.added")).isEqualTo(2);
    assertThat(recorded("passkey.renamed")).isEqualTo(1);
    assertThat(recorded("passkey.removed")).isEqualTo(1);
  }

  @Test
  void passkey_withoutUserVerification_orKnownAlready_orReplayed_isRefused() {
    final JsonNode offer = browser.post(ACCOUNT + "/passkeys/offer", Map.of()).json();
    final TestPasskey passkey = new TestPasskey(fixture.server().port());
    final JsonNode options = offer.path("publicKey");

    assertThat(add(browser, offer, passkey.create(options, false)).code())
        .isEqualTo("factor_wrong");
    assertThat(add(browser, offer, passkey.create(options)).status()).isEqualTo(201);
    assertThat(add(browser, offer, new TestPasskey(fixture.server().port()).create(options)).code())
        .isEqualTo("ceremony_expired");
    assertThat(fixture.addPasskey(browser, "again", passkey).code()).isEqualTo("factor_wrong");

    assertThat(fixture.account().path("passkeys")).hasSize(1);
  }

  @Test
  void anothersPasskeysAndSessions_doNotExist() {
    final Person admin = Person.invite(fixture.server(), browser, "admin");
    fixture.addPasskey(browser, "mine");
    final String path = passkeyPath(browser, "mine");
    final UUID session = fixture.sessionOf(browser);

    assertThat(admin.browser().put(path, Map.of("name", "theirs")).status()).isEqualTo(404);
    assertThat(admin.browser().delete(path).status()).isEqualTo(404);
    assertThat(admin.browser().delete(ACCOUNT + "/sessions/" + session).status()).isEqualTo(404);
    assertThat(admin.browser().get(ACCOUNT + "/sessions").json().path("items")).hasSize(1);

    assertThat(fixture.account().path("passkeys").toString()).contains("mine");
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void recoveryCodes_anew_endTheOldOnes() {
    final String old = recoveryCodes().getFirst();
    final List<String> fresh = recoveryCodes();

    assertThat(fresh).hasSize(10).doesNotContain(old);
    assertThat(AccountFixture.stepUp(browser, "recovery_code", old).code())
        .isEqualTo("factor_wrong");
    assertThat(AccountFixture.stepUp(browser, "recovery_code", fresh.getFirst()).status())
        .isEqualTo(200);
    assertThat(AccountFixture.stepUp(browser, "recovery_code", fresh.getFirst()).code())
        .isEqualTo("factor_wrong");
    assertThat(fixture.account().path("recoveryCodesLeft").asInt()).isEqualTo(9);
    assertThat(recorded("recovery_codes.replaced")).isEqualTo(2);
  }

  @Test
  void sessions_areListedAndEnded() {
    final Browser second = fixture.signIn(Owner.NAME, Owner.PASSWORD, fixture.owner().totp(), 1);
    fixture.addPasskey(browser, "key");
    assertThat(browser.get(ACCOUNT + "/sessions").json().path("items")).hasSize(2);
    final Browser.LiveLines live = second.stream("/api/v1/events");
    fixture.makeStale();

    assertThat(browser.delete(ACCOUNT + "/sessions/" + fixture.sessionOf(second)).status())
        .isEqualTo(204);

    assertThat(second.get("/api/v1/session").status()).isEqualTo(401);
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(live.ended()).isCompleted());
    assertThat(browser.delete(ACCOUNT + "/sessions").status()).isEqualTo(204);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(recorded("session.ended")).isEqualTo(2);
  }

  @Test
  void sessionsOfSomebodyElse_areEndedByWhoMayChangeThem() {
    final Person admin = Person.invite(fixture.server(), browser, "admin");
    final Person viewer = Person.invite(fixture.server(), browser, "viewer");
    final String own = "/api/v1/people/" + fixture.account().path("id").asString() + "/sessions";

    assertThat(viewer.browser().delete("/api/v1/people/" + admin.id() + "/sessions").status())
        .isEqualTo(403);
    assertThat(admin.browser().delete(own).code()).isEqualTo("beyond_own_role");
    assertThat(browser.delete(own).code()).isEqualTo("own_account");
    assertThat(browser.delete("/api/v1/people/" + admin.id() + "/sessions").status())
        .isEqualTo(204);

    assertThat(admin.browser().get("/api/v1/session").status()).isEqualTo(401);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(recorded("session.ended")).isEqualTo(1);
  }

  private Browser.Answer change(String current, String wanted) {
    return browser.put(ACCOUNT + "/password", Map.of("current", current, "password", wanted));
  }

  private static String field(Browser.Answer answer) {
    assertThat(answer.code()).isEqualTo("validation");
    return answer.json().path("errors").path(0).path("field").asString();
  }

  private List<String> recoveryCodes() {
    final JsonNode codes =
        browser.post(ACCOUNT + "/recovery-codes", Map.of()).json().path("recoveryCodes");
    return codes.valueStream().map(JsonNode::asString).toList();
  }

  private static Browser.Answer add(Browser by, JsonNode offer, Map<String, Object> credential) {
    return by.post(
        ACCOUNT + "/passkeys",
        Map.of(
            "ceremony",
            offer.path("ceremony").asString(),
            "name",
            "key",
            "credential",
            credential));
  }

  private String passkeyPath(Browser of, String name) {
    return ACCOUNT + "/passkeys/" + fixture.passkeyId(of, name);
  }

  private String hash() {
    return fixture.query(String.class, "select password_hash from person").getFirst();
  }

  private int recorded(String type) {
    return Records.list(fixture.server(), fixture.owner().tenant(), type).size();
  }
}
