package dev.bulkhead.server.access;

import java.util.Locale;

/// What a role may allow. Each endpoint names exactly one.
public enum Permission {
  /// Whoever is signed in: the own session and account.
  OWN_ACCOUNT(Reach.HOSTS),
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
    HOSTS,
    TENANT,
    PLATFORM
  }

  /// Whether it concerns the whole tenant, so that a scope of some hosts excludes it.
  boolean needsWholeTenant() {
    return reach == Reach.TENANT;
  }

  /// The name in the API, such as `hosts_read`.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is nobody's by a role in a tenant.
  boolean isPlatform() {
    return reach == Reach.PLATFORM;
  }
}
