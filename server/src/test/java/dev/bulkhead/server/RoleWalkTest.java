package dev.bulkhead.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.server.access.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Calls every endpoint that there is as each role. Who may what is written down here anew, not
/// taken from the code: an endpoint that is missing from this table fails, and so does one whose
/// permission changes by a slip.
final class RoleWalkTest {
  private static final Set<String> EVERYBODY =
      Set.of("owner", "admin", "operator", "viewer", "auditor");
  private static final Set<String> WORKERS = Set.of("owner", "admin", "operator");
  private static final Set<String> LEADERS = Set.of("owner", "admin");
  private static final Set<String> OWNERS = Set.of("owner");
  private static final Set<String> AUDITORS = Set.of("owner", "admin", "auditor");

  /// The first owner runs the installation; a second one, made by invitation, does not.
  private static final Set<String> PLATFORM = Set.of();

  private static final Map<String, Set<String>> MAY = expectations();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestServer server;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Owner first;

  private static final Map<String, Person> PEOPLE = new HashMap<>();

  private static Map<String, Set<String>> expectations() {
    final Map<String, Set<String>> may = new TreeMap<>();
    put(
        may,
        EVERYBODY,
        "GET /api/v1/session",
        "GET /api/v1/roles",
        "GET /api/v1/status",
        "GET /api/v1/hosts",
        "GET /api/v1/hosts/{id}",
        "GET /api/v1/hosts/{id}/history",
        "GET /api/v1/hosts/{id}/processes",
        "GET /api/v1/events",
        "GET /api/v1/groups",
        "GET /api/v1/tenant",
        "GET /api/v1/tokens",
        "POST /api/v1/tokens",
        "PUT /api/v1/tokens/{id}",
        "DELETE /api/v1/tokens/{id}",
        "GET /api/v1/account",
        "PUT /api/v1/account/password",
        "POST /api/v1/account/totp/offer",
        "POST /api/v1/account/totp",
        "DELETE /api/v1/account/totp",
        "POST /api/v1/account/passkeys/offer",
        "POST /api/v1/account/passkeys",
        "PUT /api/v1/account/passkeys/{id}",
        "DELETE /api/v1/account/passkeys/{id}",
        "POST /api/v1/account/recovery-codes",
        "POST /api/v1/account/step-up/passkey/options",
        "POST /api/v1/account/step-up",
        "GET /api/v1/account/sessions",
        "DELETE /api/v1/account/sessions/{id}",
        "DELETE /api/v1/account/sessions",
        "GET /api/openapi.json",
        "GET /api/openapi.json.yaml");
    put(
        may,
        WORKERS,
        "PUT /api/v1/hosts/{id}",
        "DELETE /api/v1/hosts/{id}",
        "POST /api/v1/join-codes",
        "GET /api/v1/join-codes/{id}",
        "DELETE /api/v1/join-codes/{id}",
        "POST /api/v1/foreign-agents");
    put(
        may,
        AUDITORS,
        "GET /api/v1/audit/records",
        "GET /api/v1/people",
        "GET /api/v1/people/{id}",
        "GET /api/v1/invitations");
    put(
        may,
        LEADERS,
        "PUT /api/v1/people/{id}",
        "POST /api/v1/people/{id}/suspend",
        "POST /api/v1/people/{id}/resume",
        "DELETE /api/v1/people/{id}",
        "DELETE /api/v1/people/{id}/sessions",
        "POST /api/v1/invitations",
        "DELETE /api/v1/invitations/{id}",
        "POST /api/v1/groups",
        "PUT /api/v1/groups/{id}",
        "DELETE /api/v1/groups/{id}",
        "PUT /api/v1/tenant",
        "GET /api/v1/allowed-networks",
        "POST /api/v1/allowed-networks",
        "PUT /api/v1/allowed-networks/{id}",
        "DELETE /api/v1/allowed-networks/{id}",
        "GET /api/v1/service-accounts",
        "POST /api/v1/service-accounts",
        "PUT /api/v1/service-accounts/{id}",
        "DELETE /api/v1/service-accounts/{id}");
    put(may, OWNERS, "GET /api/v1/tenant/export", "DELETE /api/v1/tenant");
    put(
        may,
        PLATFORM,
        "PUT /api/v1/people/{id}/platform",
        "GET /api/v1/tenants",
        "POST /api/v1/tenants",
        "DELETE /api/v1/tenants/{id}",
        "POST /api/v1/tenants/{id}/restore",
        "POST /api/v1/tenants/{id}/purge");
    return may;
  }

  private static void put(Map<String, Set<String>> may, Set<String> roles, String... endpoints) {
    for (String endpoint : endpoints) {
      may.put(endpoint, roles);
    }
  }

  /// What nobody has to be signed in for, and signing out, which would end the walk.
  private static boolean isOutside(String endpoint) {
    final String path = endpoint.substring(endpoint.indexOf(' ') + 1);
    return !path.startsWith("/api/")
        || Stream.of("/api/v1/setup", "/api/v1/session/", "/api/v1/invitation/")
            .anyMatch(path::startsWith)
        || endpoint.equals("DELETE /api/v1/session");
  }

  @BeforeAll
  static void start() {
    server = TestServer.start();
    first = Owner.setUp(server);
    for (Role role : Role.ofPeople()) {
      final String name = "a second " + role.code();
      PEOPLE.put(role.code(), Person.invite(server, first.browser(), name, role.code(), null));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyEndpoint_isInTheTable() {
    assertThat(MAY.keySet())
        .isEqualTo(
            server.endpoints().stream()
                .filter(endpoint -> !isOutside(endpoint))
                .collect(Collectors.toSet()));
  }

  @Test
  void everyEndpoint_answersTheRolesThatMay_andRefusesTheOthers() {
    MAY.forEach(
        (endpoint, roles) ->
            PEOPLE.forEach(
                (role, person) -> {
                  final String what = endpoint + " as " + role;
                  final Browser.Answer answer = call(person.browser(), endpoint);
                  if (roles.contains(role)) {
                    assertThat(answer.status()).as(what).isNotIn(401, 403, 405, 500, 503);
                  } else {
                    assertThat(answer.status()).as(what).isEqualTo(403);
                    assertThat(answer.code()).as(what).isEqualTo("forbidden");
                    assertThat(answer.json().path("detail").asString())
                        .as(what)
                        .contains(named(roles));
                  }
                }));
  }

  @Test
  void platformPerson_mayWhatNoRoleAllows() {
    final String endpoint = "PUT /api/v1/people/{id}/platform";

    assertThat(call(first.browser(), endpoint).status()).isEqualTo(400);
    assertThat(call(as("owner").browser(), endpoint).status()).isEqualTo(403);
  }

  private static Person as(String role) {
    return Objects.requireNonNull(PEOPLE.get(role));
  }

  private static List<String> named(Set<String> roles) {
    return roles.isEmpty() ? List.of("run the installation") : List.copyOf(roles);
  }

  // An id that nobody has, a body that says nothing: what is refused is refused before both count.
  private static Browser.Answer call(Browser browser, String endpoint) {
    final String[] parts = endpoint.split(" ", 2);
    final String path = parts[1].replaceAll("\\{[^}]+}", "00000000-0000-4000-8000-000000000000");
    final boolean stream = path.equals("/api/v1/events");
    final Object body = parts[0].equals("GET") || parts[0].equals("DELETE") ? null : Map.of();
    // A stream that opens does not end: one for a host that does not exist is refused after the
    // permission was checked.
    return browser.send(
        parts[0], stream ? path + "?host=00000000-0000-4000-8000-000000000000" : path, body, true);
  }
}
