package dev.bulkhead.server.audit;

import java.util.Locale;

/// Every kind of event that the record knows; its code is the name in lower case with dots.
public enum AuditType {
  SETUP_COMPLETED,
  SETUP_FAILED,
  SIGN_IN_SUCCEEDED,
  SIGN_IN_FAILED,
  SIGN_OUT,
  STEP_UP_SUCCEEDED,
  STEP_UP_FAILED,
  PASSWORD_CHANGED,
  /// Somebody who is signed in did not know their password.
  PASSWORD_REFUSED,
  TOTP_ADDED,
  TOTP_REPLACED,
  TOTP_REMOVED,
  PASSKEY_ADDED,
  PASSKEY_RENAMED,
  PASSKEY_REMOVED,
  RECOVERY_CODES_REPLACED,
  SESSION_ENDED,
  /// A signed-in person tried what their role or scope does not allow.
  ACCESS_DENIED,
  PERSON_INVITED,
  INVITATION_REVOKED,
  INVITATION_ACCEPTED,
  INVITATION_FAILED,
  PERSON_CHANGED,
  PERSON_SUSPENDED,
  PERSON_RESUMED,
  PERSON_REMOVED,
  GROUP_CREATED,
  GROUP_CHANGED,
  GROUP_REMOVED,
  TOKEN_CREATED,
  TOKEN_CHANGED,
  TOKEN_REMOVED,
  /// A request came with an API token that opens nothing.
  TOKEN_REFUSED,
  SERVICE_ACCOUNT_CREATED,
  SERVICE_ACCOUNT_CHANGED,
  SERVICE_ACCOUNT_REMOVED,
  JOIN_CODE_CREATED,
  JOIN_CODE_CANCELLED,
  FOREIGN_AGENT_CREATED,
  FOREIGN_AGENT_RENEWED,
  HOST_JOINED,
  HOST_RENEWED,
  HOST_JOIN_REFUSED,
  NETWORK_ADDED,
  NETWORK_CHANGED,
  NETWORK_REMOVED,
  HOST_CHANGED,
  HOST_REMOVED,
  HOST_IDENTITY_REFUSED,
  HOST_MESSAGE_REFUSED,
  TENANT_CREATED,
  TENANT_CHANGED,
  TENANT_EXPORTED,
  TENANT_DELETED,
  TENANT_RESTORED,
  TENANT_PURGED;

  /// Such as `sign_in.failed`: the first part is the thing, the last what became of it.
  public String code() {
    final String words = name().toLowerCase(Locale.ROOT);
    final int last = words.lastIndexOf('_');
    return words.substring(0, last) + "." + words.substring(last + 1);
  }
}
