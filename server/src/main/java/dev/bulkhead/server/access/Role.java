package dev.bulkhead.server.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// A named set of permissions.
public enum Role {
  /// May do everything in the tenant.
  OWNER(EnumSet.allOf(Permission.class)),
  /// The operator at the server's own machine, by the token in its state directory: looks, lets
  /// hosts in, and changes nothing that is there.
  LOCAL(
      EnumSet.of(
          Permission.OWN_ACCOUNT,
          Permission.HOSTS_READ,
          Permission.HOSTS_ENROL,
          Permission.AUDIT_READ,
          Permission.API_READ));

  @SuppressWarnings("ImmutableEnumChecker") // copied and never given out
  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  public boolean allows(Permission permission) {
    return permissions.contains(permission);
  }

  /// The name in the database and the API, such as `owner`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
