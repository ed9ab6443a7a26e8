package dev.bulkhead.server.tenancy;

import dev.bulkhead.server.access.SignedIn;
import java.util.UUID;

/// Lets the first owner into a new tenant: by an invitation, like everybody after them.
interface FirstOwner {
  /// An invitation, and its code, which nobody can read again.
  record Invited(InvitationView invitation, String code) {}

  /// Makes the invitation, inside the transaction that makes the tenant.
  ///
  /// @param by who makes the tenant
  Invited invite(SignedIn by, UUID tenant, String note, String address);
}
