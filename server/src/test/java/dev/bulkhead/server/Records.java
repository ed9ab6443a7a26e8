package dev.bulkhead.server;

import dev.bulkhead.protocol.audit.AuditFormatException;
import dev.bulkhead.protocol.audit.AuditRecord;
import dev.bulkhead.server.audit.AuditLog;
import java.util.List;
import java.util.UUID;

/// The record of a tenant as a test reads it.
public final class Records {
  private Records() {}

  /// All records of a type, the oldest first.
  public static List<AuditRecord> list(TestServer server, UUID tenant, String type) {
    return server.bean(AuditLog.class).list(tenant, 0, 10_000).stream()
        .map(AuditLog.StoredRecord::record)
        .map(Records::decode)
        .filter(record -> record.type().equals(type))
        .toList();
  }

  private static AuditRecord decode(byte[] bytes) {
    try {
      return AuditRecord.decode(bytes);
    } catch (AuditFormatException broken) {
      throw new AssertionError(broken);
    }
  }
}
