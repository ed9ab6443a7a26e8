package dev.bulkhead.protocol.audit;

/// Bytes that are not the canonical form of an audit record.
public final class AuditFormatException extends Exception {

  AuditFormatException(String message) {
    super(message);
  }
}
