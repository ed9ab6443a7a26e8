package dev.bulkhead.server.identity;

import dev.bulkhead.server.groups.ScopeView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The session as its own page sees it.
record SessionView(
    String csrfToken,
    Account account,
    @Nullable Instant expiresAt,
    @Nullable Instant idleExpiresAt) {

  /// @param platform whether the person also runs the installation
  /// @param scope the hosts that the role is about; null for every host
  /// @param permissions what the person may, by code: a page shows or hides by these alone
  record Account(
      UUID id,
      String name,
      UUID tenantId,
      String tenantName,
      String role,
      boolean platform,
      @Nullable ScopeView scope,
      List<String> permissions) {}
}
