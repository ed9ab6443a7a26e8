package dev.bulkhead.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.database.Database;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Calls every endpoint of the API with tokens that open nothing.
final class TokenWalkTest {
  @Test
  void everyEndpoint_withATokenThatOpensNothing_givesOneFlatAnswer() {
    try (TestServer server = TestServer.start()) {
      final Set<String> answers = new HashSet<>();
      deadTokens(server)
          .forEach(
              (state, token) -> {
                final Program program = new Program(server.port(), token);
                for (String endpoint : server.endpoints()) {
                  final String[] parts = endpoint.split(" ", 2);
                  if (parts[1].startsWith("/api/")) {
                    final String path =
                        parts[1].replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000");
                    final Browser.Answer answer = program.send(parts[0], path, null);
                    assertThat(answer.status()).as(state + " " + endpoint).isEqualTo(401);
                    assertThat(answer.headers()).doesNotContainKey("set-cookie");
                    answers.add(answer.text());
                  }
                }
              });

      assertThat(answers).hasSize(1);
    }
  }

  private static Map<String, String> deadTokens(TestServer server) {
    final Owner owner = Owner.setUp(server);
    final Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("garbage", "bhk_garbage");
    for (String state : List.of("expired", "disabled", "elsewhere")) {
      final Browser.Answer made =
          owner
              .browser()
              .post("/api/v1/tokens", Map.of("name", state, "scopes", List.of("hosts_read")));
      final String value = made.json().path("value").asString();
      // Each has proved itself once: an end that only a fresh look would notice shows here.
      assertThat(new Program(server.port(), value).get("/api/v1/hosts").status()).isEqualTo(200);
      tokens.put(state, value);
    }
    final Database database = server.bean(Database.class);
    for (String end :
        List.of(
            "update api_token set expires_at = now() where name = 'expired'",
            "update api_token set disabled_at = now() where name = 'disabled'",
            "update api_token set networks = '{192.0.2.0/24}' where name = 'elsewhere'")) {
      database.inTenant(owner.tenant(), () -> database.sql().sql(end).update());
    }
    return tokens;
  }
}
