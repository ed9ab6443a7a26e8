package dev.bulkhead.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What another tenant's owner tries with ids that are not theirs: for each operation of the API
/// one or more calls, and the only statuses that may answer them.
final class WrongTenantCalls {
  private final Map<String, List<Call>> calls = new LinkedHashMap<>();

  /// @param path with its ids
  record Call(String method, String path, @Nullable Object body, Set<Integer> statuses) {}

  /// The ids of the tenant that is attacked.
  ///
  /// @param name the tenant's
  record Ids(
      UUID tenant,
      String name,
      String slug,
      UUID host,
      UUID joinCode,
      UUID person,
      UUID group,
      UUID invitation,
      UUID token,
      UUID serviceAccount,
      UUID network,
      UUID session,
      UUID passkey) {}

  static Map<String, List<Call>> of(Ids a) {
    final WrongTenantCalls table = new WrongTenantCalls();
    table.openToEverybody();
    table.hosts(a);
    table.people(a);
    table.programs(a);
    table.account(a);
    table.tenants(a);
    return table.calls;
  }

  private void openToEverybody() {
    add("POST /api/v1/setup/code", Map.of("code", "x"), 409);
    add("POST /api/v1/setup/password-check", Map.of("password", "x", "name", "x"), 409);
    add(
        "POST /api/v1/setup/account",
        Map.of("ceremony", "x", "name", "x", "tenantName", "x", "password", "x"),
        409);
    add(
        "POST /api/v1/setup/finish",
        Map.of("ceremony", "x", "factor", "totp", "code", "123456"),
        409);
    add("GET /api/v1/setup", null, 200);
    add("POST /api/v1/session/password", Map.of("name", "canary person", "password", "x"), 401);
    add("POST /api/v1/session/totp", Map.of("ceremony", "x", "code", "123456"), 403);
    add("POST /api/v1/session/recovery", Map.of("ceremony", "x", "code", "x"), 403);
    add("POST /api/v1/session/passkey/options", Map.of(), 200);
    add("POST /api/v1/session/passkey", Map.of("ceremony", "x", "credential", Map.of()), 403);
    add("POST /api/v1/invitation/code", Map.of("code", "bhi1_x"), 403);
    add("POST /api/v1/invitation/password-check", Map.of("password", "x", "name", "x"), 200);
    add(
        "POST /api/v1/invitation/account",
        Map.of("ceremony", "x", "name", "x", "password", "x"),
        400,
        403);
    add(
        "POST /api/v1/invitation/finish",
        Map.of("ceremony", "x", "factor", "totp", "code", "123456"),
        403);
    add("GET /api/openapi.json", null, 200);
    add("GET /api/openapi.json.yaml", null, 200);
  }

  private void hosts(Ids a) {
    add("GET /api/v1/hosts", null, 200);
    also("GET /api/v1/hosts", "/api/v1/hosts?query=canary", null, 200);
    also("GET /api/v1/hosts", "/api/v1/hosts?tag=canary:tag", null, 200);
    also("GET /api/v1/hosts", "/api/v1/hosts?cursor=" + a.host(), null, 400);
    withId("GET /api/v1/hosts/{id}", a.host(), null, 404);
    withId("PUT /api/v1/hosts/{id}", a.host(), Map.of("name", "stolen", "tags", List.of()), 404);
    withId("DELETE /api/v1/hosts/{id}", a.host(), null, 404);
    also(
        "GET /api/v1/hosts/{id}/history",
        "/api/v1/hosts/%s/history?metric=system.cpu.utilization".formatted(a.host()),
        null,
        404);
    withId("GET /api/v1/hosts/{id}/processes", a.host(), null, 404);
    also("GET /api/v1/events", "/api/v1/events?host=" + a.host(), null, 404);
    add("POST /api/v1/join-codes", Map.of("secretDigest", "A".repeat(43)), 200);
    withId("GET /api/v1/join-codes/{id}", a.joinCode(), null, 404);
    withId("DELETE /api/v1/join-codes/{id}", a.joinCode(), null, 404);
    add("POST /api/v1/foreign-agents", Map.of("name", "canary host", "csr", "none"), 400);
    add("GET /api/v1/status", null, 200);
    add("GET /api/v1/audit/records", null, 200);
    also("GET /api/v1/audit/records", "/api/v1/audit/records?chain=platform", null, 403);
    also("GET /api/v1/audit/records", "/api/v1/audit/records?chain=" + a.tenant(), null, 400);
  }

  private void people(Ids a) {
    final Map<String, Object> scope = Map.of("tags", List.of(), "groups", List.of(a.group()));
    add("GET /api/v1/session", null, 200);
    add("GET /api/v1/roles", null, 200);
    add("GET /api/v1/people", null, 200);
    also("GET /api/v1/people", "/api/v1/people?query=canary", null, 200);
    withId("GET /api/v1/people/{id}", a.person(), null, 404);
    withId("PUT /api/v1/people/{id}", a.person(), Map.of("role", "viewer"), 404);
    withId("POST /api/v1/people/{id}/suspend", a.person(), Map.of(), 404);
    withId("POST /api/v1/people/{id}/resume", a.person(), Map.of(), 404);
    withId("DELETE /api/v1/people/{id}", a.person(), null, 404);
    withId("PUT /api/v1/people/{id}/platform", a.person(), Map.of("platform", true), 403);
    add("GET /api/v1/invitations", null, 200);
    add(
        "POST /api/v1/invitations",
        Map.of("note", "mine", "role", "viewer", "scope", scope),
        400,
        404);
    withId("DELETE /api/v1/invitations/{id}", a.invitation(), null, 404);
    add("GET /api/v1/groups", null, 200);
    add("POST /api/v1/groups", Map.of("name", "mine", "tags", List.of("x")), 201);
    withId("PUT /api/v1/groups/{id}", a.group(), Map.of("name", "x", "tags", List.of("x")), 404);
    withId("DELETE /api/v1/groups/{id}", a.group(), null, 404);
  }

  private void account(Ids a) {
    add("GET /api/v1/account", null, 200);
    add(
        "PUT /api/v1/account/password",
        Map.of("current", "not it", "password", "slate harbour 61 quiver moss"),
        400,
        403);
    add("POST /api/v1/account/totp/offer", Map.of(), 200);
    add("POST /api/v1/account/totp", Map.of("ceremony", "x", "code", "123456"), 403);
    add("DELETE /api/v1/account/totp", null, 404, 409);
    add("POST /api/v1/account/recovery-codes", Map.of(), 200);
    add("POST /api/v1/account/passkeys/offer", Map.of(), 200);
    add(
        "POST /api/v1/account/passkeys",
        Map.of("ceremony", "x", "name", "mine", "credential", Map.of()),
        403);
    withId("PUT /api/v1/account/passkeys/{id}", a.passkey(), Map.of("name", "stolen"), 404);
    withId("DELETE /api/v1/account/passkeys/{id}", a.passkey(), null, 404);
    add("POST /api/v1/account/step-up/passkey/options", Map.of(), 200, 400, 403, 409);
    add("POST /api/v1/account/step-up", Map.of("factor", "totp", "code", "123456"), 403);
    add("GET /api/v1/account/sessions", null, 200);
    withId("DELETE /api/v1/account/sessions/{id}", a.session(), null, 404);
    add("DELETE /api/v1/account/sessions", null, 204);
    withId("DELETE /api/v1/people/{id}/sessions", a.person(), null, 404);
  }

  private void programs(Ids a) {
    final Map<String, Object> scope = Map.of("tags", List.of(), "groups", List.of(a.group()));
    final List<String> looks = List.of("hosts_read");
    final Map<String, Object> change = Map.of("name", "x", "enabled", false, "networks", List.of());
    add("GET /api/v1/tokens", null, 200);
    also("GET /api/v1/tokens", "/api/v1/tokens?query=canary", null, 200);
    add("POST /api/v1/tokens", Map.of("name", "taken", "scopes", looks), 201);
    add(
        "POST /api/v1/tokens",
        Map.of("name", "mine", "scopes", looks, "serviceAccount", a.serviceAccount()),
        400,
        404);
    withId("PUT /api/v1/tokens/{id}", a.token(), change, 404);
    withId("DELETE /api/v1/tokens/{id}", a.token(), null, 404);
    add("GET /api/v1/service-accounts", null, 200);
    add("POST /api/v1/service-accounts", Map.of("name", "taken", "role", "viewer"), 201);
    add(
        "POST /api/v1/service-accounts",
        Map.of("name", "mine", "role", "viewer", "scope", scope),
        400,
        404);
    final Map<String, Object> account = Map.of("name", "x", "role", "viewer");
    withId("PUT /api/v1/service-accounts/{id}", a.serviceAccount(), account, 404);
    withId("DELETE /api/v1/service-accounts/{id}", a.serviceAccount(), null, 404);
    add("GET /api/v1/allowed-networks", null, 200);
    add("POST /api/v1/allowed-networks", Map.of("cidr", "10.99.0.0/16", "enabled", false), 201);
    final Map<String, Object> network = Map.of("description", "x", "enabled", false);
    withId("PUT /api/v1/allowed-networks/{id}", a.network(), network, 404);
    withId("DELETE /api/v1/allowed-networks/{id}", a.network(), null, 404);
  }

  private void tenants(Ids a) {
    add("GET /api/v1/tenant", null, 200);
    add("PUT /api/v1/tenant", Map.of("name", "still mine"), 200);
    add("DELETE /api/v1/tenant", Map.of("name", a.name()), 400);
    add("GET /api/v1/tenant/export", null, 200);
    add("GET /api/v1/tenants", null, 403);
    add("POST /api/v1/tenants", Map.of("name", "third"), 403);
    withId("DELETE /api/v1/tenants/{id}", a.tenant(), Map.of("slug", a.slug()), 403);
    withId("POST /api/v1/tenants/{id}/restore", a.tenant(), Map.of(), 403);
    withId("POST /api/v1/tenants/{id}/purge", a.tenant(), Map.of("slug", a.slug()), 403);
    // Last: it ends the session that all others need.
    add("DELETE /api/v1/session", null, 204);
  }

  private void add(String endpoint, @Nullable Object body, int... statuses) {
    also(endpoint, endpoint.substring(endpoint.indexOf(' ') + 1), body, statuses);
  }

  private void withId(String endpoint, UUID id, @Nullable Object body, int... statuses) {
    final String path = endpoint.substring(endpoint.indexOf(' ') + 1);
    also(endpoint, path.replaceAll("\\{[^}]+}", id.toString()), body, statuses);
  }

  private void also(String endpoint, String path, @Nullable Object body, int... statuses) {
    calls
        .computeIfAbsent(endpoint, _ -> new ArrayList<>())
        .add(
            new Call(
                endpoint.substring(0, endpoint.indexOf(' ')),
                path,
                body,
                Arrays.stream(statuses).boxed().collect(Collectors.toUnmodifiableSet())));
  }
}
