package dev.bulkhead.server.tenancy;

import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.audit.AuditEvent;
import dev.bulkhead.server.audit.AuditType;
import java.util.Map;
import java.util.UUID;

/// The records of what became of tenants.
final class TenantEvents {
  // A tenant's people need not learn the names of other tenants' people; the platform's chain has
  // it.
  private static final AuditRecord.Actor OPERATOR =
      new AuditRecord.Actor("platform", "-", "operator of the installation");

  private TenantEvents() {}

  static AuditRecord.Subject subject(UUID tenant) {
    return new AuditRecord.Subject("tenant", tenant.toString());
  }

  /// Whoever did it, by name.
  static AuditEvent named(
      SignedIn who, AuditType type, UUID tenant, String address, Map<String, String> details) {
    return AuditEvent.by(who, type, subject(tenant), address, details);
  }

  /// The same for the tenant's own chain, without the name or address of somebody who is not of the
  /// tenant.
  static AuditEvent forTenant(
      SignedIn who, AuditType type, UUID tenant, String address, Map<String, String> details) {
    return who.tenantId().equals(tenant)
        ? named(who, type, tenant, address, details)
        : new AuditEvent(type, OPERATOR, subject(tenant), AuditRecord.Outcome.OK, null, details);
  }

  /// What the server did by itself.
  static AuditEvent byServer(AuditType type, UUID tenant, Map<String, String> details) {
    return new AuditEvent(
        type, AuditEvent.SERVER, subject(tenant), AuditRecord.Outcome.OK, null, details);
  }
}
