package dev.bulkhead.server.access;

import java.util.Locale;

/// What a role may allow. Each endpoint names exactly one.
public enum Permission {
  /// Whoever is signed in: the own session and account.
  OWN_ACCOUNT(Reach.HOSTS),
  /// Ending the own session, and whatever else only a person who has signed in does: never a
  /// token's.
  OWN_SIGN_IN(Reach.SIGNED_IN),
  API_READ(Reach.HOSTS),
  HOSTS_READ(Reach.HOSTS),
  HOSTS_CHANGE(Reach.HOSTS),
  HOSTS_ENROL(Reach.HOSTS),
  /// The record tells of every host, whoever reads it.
  AUDIT_READ(Reach.TENANT),
  PEOPLE_READ(Reach.HOSTS),
  /// Inviting people, and taking invitations back.
  PEOPLE_INVITE(Reach.HOSTS),
  /// Roles, scopes, suspending and removing.
  PEOPLE_CHANGE(Reach.HOSTS),
  /// Service accounts, and everybody's API tokens.
  TOKENS_MANAGE(Reach.HOSTS),
  TENANT_READ(Reach.HOSTS),
  /// The tenant's name and its groups of hosts, which scopes are made of.
  TENANT_CHANGE(Reach.TENANT),
  TENANT_EXPORT(Reach.TENANT),
  TENANT_DELETE(Reach.TENANT),
  /// Making and ending tenants, without a look into them.
  PLATFORM_TENANTS(Reach.PLATFORM);

  private final Reach reach;

  Permission(Reach reach) {
    this.reach = reach;
  }

  private enum Reach {
    SIGNED_IN,
    HOSTS,
    TENANT,
    PLATFORM
  }

  /// Whether a role over these hosts allows it.
  public boolean isWithin(Role role, Scope scope) {
    return role.allows(this) && (scope.isWhole() || !needsWholeTenant());
  }

  /// Whether it concerns the whole tenant, so that a scope of some hosts excludes it.
  boolean needsWholeTenant() {
    return reach == Reach.TENANT;
  }

  /// The name in the API, such as `hosts_read`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether an API token can have it: no token signs in, and none runs the installation.
  public boolean isForTokens() {
    return reach != Reach.SIGNED_IN && reach != Reach.PLATFORM;
  }

  /// Whether it is nobody's by a role in a tenant.
  boolean isPlatform() {
    return reach == Reach.PLATFORM;
  }
}
