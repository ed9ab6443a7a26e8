package dev.bulkhead.server.identity;

import dev.bulkhead.server.access.SignedIn;
import java.util.UUID;

/// A session in the hands of its own browser.
///
/// @param cookie the value that the request brought
/// @param address where the request came from
public record OwnSession(SignedIn who, String cookie, String address) {
  public UUID id() {
    return who.credential().id();
  }

  public UUID personId() {
    return who.personId();
  }

  public UUID tenantId() {
    return who.tenantId();
  }

  /// Whose factors its person's are.
  public Factors.Holder holder() {
    return new Factors.Holder(tenantId(), personId());
  }

  // The cookie opens the session.
  @Override
  public String toString() {
    return "OwnSession[" + id() + "]";
  }
}
