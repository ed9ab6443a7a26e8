package dev.bulkhead.server.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A named set of permissions. Roles decide who may look and who may propose; what a host obeys is
/// its own roster's matter.
public enum Role {
  /// May do everything in the tenant.
  OWNER(everythingInTenant()),
  /// May do everything but make owners, and export or delete the tenant.
  ADMIN(
      EnumSet.complementOf(
          EnumSet.of(
              Permission.TENANT_EXPORT, Permission.TENANT_DELETE, Permission.PLATFORM_TENANTS))),
  /// Works with hosts.
  OPERATOR(
      EnumSet.of(
          Permission.OWN_ACCOUNT,
          Permission.OWN_SIGN_IN,
          Permission.API_READ,
          Permission.TENANT_READ,
          Permission.HOSTS_READ,
          Permission.HOSTS_CHANGE,
          Permission.HOSTS_ENROL)),
  /// Looks at hosts.
  VIEWER(
      EnumSet.of(
          Permission.OWN_ACCOUNT,
          Permission.OWN_SIGN_IN,
          Permission.API_READ,
          Permission.TENANT_READ,
          Permission.HOSTS_READ)),
  /// Looks at everything, the record and the people included, and changes nothing.
  AUDITOR(
      EnumSet.of(
          Permission.OWN_ACCOUNT,
          Permission.OWN_SIGN_IN,
          Permission.API_READ,
          Permission.TENANT_READ,
          Permission.HOSTS_READ,
          Permission.PEOPLE_READ,
          Permission.AUDIT_READ)),
  /// The operator at the server's own machine, by the token in its state directory: looks, lets
  /// hosts and people in, makes and ends tenants, and changes nothing that is inside them. Nobody
  /// has it by a row of the database.
  LOCAL(
      EnumSet.of(
          Permission.OWN_ACCOUNT,
          Permission.OWN_SIGN_IN,
          Permission.API_READ,
          Permission.TENANT_READ,
          Permission.HOSTS_READ,
          Permission.HOSTS_ENROL,
          Permission.AUDIT_READ,
          Permission.PEOPLE_READ,
          Permission.PEOPLE_INVITE,
          Permission.PLATFORM_TENANTS));

  @SuppressWarnings("ImmutableEnumChecker") // copied and never given out
  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  private static Set<Permission> everythingInTenant() {
    return Stream.of(Permission.values())
        .filter(permission -> !permission.isPlatform())
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean allows(Permission permission) {
    return permissions.contains(permission);
  }

  /// All that it allows, in the order of the enum.
  public List<Permission> permissions() {
    return Stream.of(Permission.values()).filter(this::allows).toList();
  }

  /// Whether whoever has this role may give another: nobody gives what they do not have, and the
  /// local operator may give any, since a tenant without an owner has no other way back.
  public boolean mayGive(Role other) {
    return other != LOCAL && (this == LOCAL || permissions.containsAll(other.permissions));
  }

  /// The roles that a person can have.
  public static List<Role> ofPeople() {
    return Stream.of(values()).filter(role -> role != LOCAL).toList();
  }

  /// The name in the database and the API, such as `owner`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /// The role of people that has this code, if there is one.
  public static Optional<Role> findOfPeople(String code) {
    return ofPeople().stream().filter(role -> role.code().equals(code)).findFirst();
  }
}
