package dev.bulkhead.server.people;

import dev.bulkhead.server.access.Permission;
import dev.bulkhead.server.access.RequiresPermission;
import dev.bulkhead.server.access.Role;
import dev.bulkhead.server.access.SignedIn;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the roles allow: `/api/v1/roles`.
@RestController
final class RoleController {
  /// @param grantable whether the asker may give it
  record RoleView(String code, List<String> permissions, boolean grantable) {}

  record RoleCatalogue(List<RoleView> items) {}

  @GetMapping("/api/v1/roles")
  @RequiresPermission(Permission.OWN_ACCOUNT)
  RoleCatalogue list(@AuthenticationPrincipal SignedIn who) {
    return new RoleCatalogue(Role.ofPeople().stream().map(role -> view(role, who)).toList());
  }

  private static RoleView view(Role role, SignedIn who) {
    // An owner's role is about every host, so that nobody with a scope can give it.
    final boolean fits = role != Role.OWNER || who.scope().isWhole();
    return new RoleView(
        role.code(),
        role.permissions().stream().map(Permission::code).toList(),
        who.may(Permission.PEOPLE_INVITE) && who.role().mayGive(role) && fits);
  }
}
