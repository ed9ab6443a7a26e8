package dev.bulkhead.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Owner;
import dev.bulkhead.server.Person;
import dev.bulkhead.server.web.Attempts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GuessingTest {
  private static final String NAME = "password-of-name";
  private static final String CODE = "code-of-person";

  private final AccountFixture fixture = AccountFixture.start();

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void wrongPasswords_areDelayed_alikeForNamesThatNobodyHas_andAfterARestart() {
    final List<String> known = guess(Owner.NAME);
    final List<String> unknown = guess("nobody at all");

    assertThat(known).isEqualTo(unknown);
    assertThat(known.subList(0, 5)).containsOnly("401 sign_in_failed");
    assertThat(known.getLast()).isEqualTo("429 rate_limited");

    fixture.server().restart();

    final Browser.Answer locked = fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD);
    assertThat(locked.status()).as("a right one has to wait too").isEqualTo(429);
    assertThat(locked.headers().get("retry-after")).isNotEmpty();
  }

  @Test
  void lockedName_locksNobodyElse_andNoPasskey() {
    final TestPasskey passkey = fixture.addPasskey(fixture.browser(), "key");
    final Person viewer = Person.invite(fixture.server(), fixture.browser(), "viewer");
    final String owner = fixture.account().path("id").asString();
    exhaust(NAME, Owner.NAME, 0);
    exhaust(CODE, owner, 0);
    fixture.makeStale();

    assertThat(fixture.password(fixture.stranger(), viewer.name(), Owner.PASSWORD).status())
        .isEqualTo(200);
    assertThat(fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD).status())
        .isEqualTo(429);
    assertThat(fixture.signIn(passkey).status()).isEqualTo(200);
    assertThat(fixture.stepUp(fixture.browser(), passkey).status()).isEqualTo(200);
  }

  @Test
  void rightOnes_costNothing_andForgiveNothing() {
    final Person viewer = Person.invite(fixture.server(), fixture.browser(), "viewer");
    exhaust(NAME, Owner.NAME, 0);

    for (int i = 0; i < 8; i++) {
      assertThat(fixture.password(fixture.stranger(), viewer.name(), Owner.PASSWORD).status())
          .isEqualTo(200);
    }

    assertThat(fixture.password(fixture.stranger(), Owner.NAME, Owner.PASSWORD).status())
        .isEqualTo(429);
  }

  @Test
  void codesAndOwnPassword_areDelayedToo() {
    final List<Integer> codes = new ArrayList<>();
    final List<Integer> passwords = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      codes.add(AccountFixture.stepUp(fixture.browser(), "totp", "x" + i).status());
      passwords.add(
          fixture
              .browser()
              .put(
                  AccountFixture.ACCOUNT + "/password",
                  Map.of("current", "wrong", "password", "copper violin 93 harbour mist"))
              .status());
    }

    assertThat(codes).startsWith(403, 403, 403, 403, 403).contains(429);
    assertThat(passwords).startsWith(400, 400, 400, 400, 400).contains(429);
  }

  private List<String> guess(String name) {
    final List<String> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(answer(name));
    }
    exhaust(NAME, name, 5);
    answers.add(answer(name));
    return answers;
  }

  private String answer(String name) {
    final Browser.Answer answer = fixture.password(fixture.stranger(), name, "wrong");
    return answer.status() + " " + answer.code();
  }

  /// As after thirty wrong guesses: the slowest of the rates has nothing left.
  private void exhaust(String kind, String key, int made) {
    final Attempts attempts = fixture.server().bean(Attempts.class);
    for (int i = made; i < 30; i++) {
      attempts.take(kind + "-4", key, 30, Duration.ofMinutes(150));
    }
  }
}
