package dev.bulkhead.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SignedInTest {
  private static final UUID ID = new UUID(1, 1);

  @Test
  void may_withToken_isTheIntersectionOfScopesRoleAndScope() {
    final SignedIn program =
        signedIn(
            Role.OPERATOR, true, token(EnumSet.of(Permission.HOSTS_READ, Permission.AUDIT_READ)));

    assertThat(program.may(Permission.HOSTS_READ)).isTrue();
    assertThat(program.may(Permission.AUDIT_READ)).as("not the role's").isFalse();
    assertThat(program.may(Permission.HOSTS_CHANGE)).as("not the token's").isFalse();
  }

  @Test
  void may_withTokenOfEverything_neitherSignsInNorRunsTheInstallation() {
    final SignedIn program = signedIn(Role.OWNER, true, token(EnumSet.allOf(Permission.class)));

    assertThat(program.may(Permission.OWN_SIGN_IN)).isFalse();
    assertThat(program.may(Permission.PLATFORM_TENANTS)).isFalse();
    assertThat(
            Arrays.stream(Permission.values())
                .filter(Permission::isForTokens)
                .allMatch(program::may))
        .isTrue();
  }

  @Test
  void mayGive_withToken_givesNoRoleThatAllowsMoreThanTheToken() {
    final Set<Permission> looks = EnumSet.copyOf(Role.VIEWER.permissions());
    looks.add(Permission.PEOPLE_INVITE);
    looks.remove(Permission.OWN_ACCOUNT);
    final SignedIn program = signedIn(Role.OWNER, true, token(looks));

    assertThat(program.mayGive(Role.VIEWER, Scope.whole())).isTrue();
    assertThat(program.mayGive(Role.OPERATOR, Scope.whole())).isFalse();
    assertThat(program.mayGive(Role.OWNER, Scope.whole())).isFalse();
  }

  @Test
  void may_withSession_isWhatTheRoleAllows() {
    final SignedIn person =
        signedIn(Role.VIEWER, false, new Credential.Session(ID, Instant.MAX, Instant.MAX));

    assertThat(Arrays.stream(Permission.values()).filter(person::may))
        .containsExactlyElementsOf(Role.VIEWER.permissions());
  }

  private static Credential token(Set<Permission> scopes) {
    return new Credential.ApiToken(
        ID, Credential.ApiToken.Owner.PERSON, scopes, Set.of(), null, "1.1");
  }

  private static SignedIn signedIn(Role role, boolean platform, Credential credential) {
    return new SignedIn(ID, ID, "x", "Acme", role, Scope.whole(), platform, credential);
  }
}
