package dev.bulkhead.server.access;

/// What a role may allow. Each endpoint names exactly one.
public enum Permission {
  /// Whoever is signed in: the own session and account.
  OWN_ACCOUNT,
  HOSTS_READ,
  HOSTS_CHANGE,
  HOSTS_ENROL,
  AUDIT_READ,
  API_READ
}
