package dev.bulkhead.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.protocol.Sha256;
import dev.bulkhead.server.Browser;
import dev.bulkhead.server.Program;
import dev.bulkhead.server.audit.DeniedAttempts;
import dev.bulkhead.server.database.Database;
import dev.bulkhead.server.web.Attempts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How secrets are stored, what guessing at them costs, and when a right one is refused.
final class TokenSecretsTest {
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TokenFixture fixture;

  private final TestClock clock = new TestClock();
  private final SecretHashes hashes = new SecretHashes(fixture.server.bean(Attempts.class));
  private final ApiTokens tokens =
      new ApiTokens(
          fixture.server.bean(TokenRepository.class),
          fixture.server.bean(Database.class),
          hashes,
          fixture.server.bean(DeniedAttempts.class),
          clock);

  @BeforeAll
  static void start() {
    fixture = new TokenFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void hash_ofOneSecret_isAnotherEachTime_andArgon2id() {
    final String one = hashes.hash("x".repeat(43)).orElseThrow();
    final String other = hashes.hash("x".repeat(43)).orElseThrow();

    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
  }

  @Test
  void open_ofAnUnknownId_costsWhatAWrongSecretCosts_andARightOneOnce() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final String wrong = "Bearer " + token.value().substring(0, 37) + "A".repeat(43);
    final String unknown = "Bearer " + TokenValue.of(UUID.randomUUID(), new byte[32]).text();

    assertThat(runsOf(() -> refused(wrong))).isEqualTo(1);
    assertThat(runsOf(() -> refused(unknown))).isEqualTo(1);
    assertThat(runsOf(() -> opened(token))).isEqualTo(1);
    assertThat(runsOf(() -> opened(token))).as("the verdict is remembered").isZero();
    clock.advance(Duration.ofDays(1));
    assertThat(runsOf(() -> refused("Bearer bhk_nonsense"))).isZero();
  }

  @Test
  void open_afterFiveWrongSecretsInAMinute_isRefusedWithoutWork() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    for (UUID id : List.of(token.id(), UUID.randomUUID())) {
      final String wrong = "Bearer " + TokenValue.of(id, new byte[32]).text();
      for (int i = 0; i < 5; i++) {
        refused(wrong);
      }

      final long runs =
          runsOf(
              () ->
                  assertThat(tokens.open(wrong, "192.0.2.1"))
                      .isInstanceOfSatisfying(
                          ApiTokens.Outcome.NotNow.class,
                          later ->
                              assertThat(later.retryAfter())
                                  .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(61))));
      assertThat(runs).isZero();
    }
    assertThat(tokens.open("Bearer " + token.value(), "192.0.2.1"))
        .as("a program that had not proved itself yet waits too")
        .isInstanceOf(ApiTokens.Outcome.NotNow.class);
  }

  @Test
  void open_ofATokenThatProvedItself_isNotShutOutByGuessing() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    opened(token);
    for (int i = 0; i < 6; i++) {
      tokens.open("Bearer " + TokenValue.of(token.id(), new byte[32]).text(), "192.0.2.1");
    }

    opened(token);
  }

  @Test
  void request_withManyWrongSecrets_isAnswered429() {
    final Program guesser =
        new Program(fixture.server.port(), TokenValue.of(UUID.randomUUID(), new byte[32]).text());
    for (int i = 0; i < 5; i++) {
      assertThat(guesser.get("/api/v1/hosts").status()).isEqualTo(401);
    }

    final Browser.Answer answer = guesser.get("/api/v1/hosts");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).isEqualTo("rate_limited");
    assertThat(answer.headers().get("retry-after")).isNotEmpty();
  }

  @Test
  void token_expires_atItsInstant() {
    final TokenFixture.Made token =
        fixture.make(Map.of("scopes", List.of("hosts_read"), "expiresInDays", 1));
    clock.advance(Duration.ofDays(1).minusSeconds(30));
    opened(token);

    clock.advance(Duration.ofSeconds(31));

    refused("Bearer " + token.value());
  }

  @Test
  void token_isUsedFromItsNetworksAlone() {
    final TokenFixture.Made token =
        fixture.make(
            Map.of(
                "scopes",
                List.of("hosts_read"),
                "networks",
                List.of("10.0.0.0/8", "2001:db8::/32")));

    for (String address : List.of("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7")) {
      assertThat(tokens.open("Bearer " + token.value(), address))
          .as(address)
          .isInstanceOf(ApiTokens.Outcome.Opened.class);
    }
    for (String address : List.of("11.1.2.3", "::1", "127.0.0.1", "2001:db9::7")) {
      assertThat(tokens.open("Bearer " + token.value(), address))
          .as(address)
          .isInstanceOf(ApiTokens.Outcome.Refused.class);
    }
    assertThat(fixture.program(token).get("/api/v1/hosts").code()).isEqualTo("unauthenticated");
  }

  @Test
  void use_isWrittenOnceAMinute() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    opened(token);
    final String first = fixture.show(token).path("lastUsedAt").asString();
    clock.advance(Duration.ofSeconds(59));
    opened(token);
    assertThat(fixture.show(token).path("lastUsedAt").asString()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(2));
    opened(token);

    assertThat(fixture.show(token).path("lastUsedAt").asString()).isNotEqualTo(first);
  }

  @Test
  void token_ofSomebodySuspended_orOfADeletedTenant_isRefused() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final UUID tenant = fixture.owner.tenant();
    opened(token);

    fixture.update(tenant, "update person set suspended_at = now()");
    refused("Bearer " + token.value());
    fixture.update(tenant, "update person set suspended_at = null");
    opened(token);
    fixture.update(tenant, "update tenant set deleted_at = now(), purge_at = now()");
    refused("Bearer " + token.value());
    fixture.update(tenant, "update tenant set deleted_at = null, purge_at = null");

    opened(token);
  }

  @Test
  void hash_withOlderParameters_isReplacedAtTheNextUse() {
    final TokenFixture.Made token = fixture.make("hosts_read");
    final String weak =
        new org.springframework.security.crypto.argon2.Argon2PasswordEncoder(16, 32, 1, 8 * 1024, 1)
            .encode(token.value().substring(37));
    fixture.update(
        fixture.owner.tenant(),
        "update api_token set secret_hash = ? where id = ?",
        java.util.Objects.requireNonNull(weak),
        token.id());

    opened(token);

    assertThat(
            fixture.server.bean(TokenRepository.class).find(token.id()).map(FoundToken::secretHash))
        .hasValueSatisfying(hash -> assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2"));
    opened(token);
  }

  @Test
  @Tag("CG-C009")
  void everyTable_holdsNoSecretOfAToken() throws Exception {
    final TokenFixture.Made token = fixture.make("hosts_read");
    fixture.program(token).get("/api/v1/hosts");
    final String secret = token.value().substring(37);
    final List<String> canaries = new ArrayList<>(List.of(secret, token.value()));
    for (String text : List.of(secret, token.value())) {
      canaries.add(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)).toBase64Url());
      canaries.add(hex(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)).bytes()));
    }
    final byte[] raw = Base64.getUrlDecoder().decode(secret);
    canaries.addAll(
        List.of(
            hex(raw),
            hex(secret.getBytes(StandardCharsets.UTF_8)),
            hex(Sha256.digest(raw).bytes())));

    final String dump = dump();

    assertThat(dump).contains(token.id().toString(), "$argon2id$");
    assertThat(canaries).noneMatch(dump::contains);
  }

  private static String dump() throws Exception {
    final StringBuilder dump = new StringBuilder();
    try (Connection everything =
            DriverManager.getConnection(
                fixture.server.configuration().database().url(), "postgres", "");
        Statement statement = everything.createStatement()) {
      final List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
          while (rows.next()) {
            dump.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return dump.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private long runsOf(Runnable work) {
    final long before = hashes.runs();
    work.run();
    return hashes.runs() - before;
  }

  private void refused(String authorization) {
    assertThat(tokens.open(authorization, "192.0.2.1"))
        .isInstanceOf(ApiTokens.Outcome.Refused.class);
  }

  private void opened(TokenFixture.Made token) {
    assertThat(tokens.open("Bearer " + token.value(), "192.0.2.1"))
        .isInstanceOf(ApiTokens.Outcome.Opened.class);
  }
}
