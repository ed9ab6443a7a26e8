package dev.bulkhead.server.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as its own person sees it.
///
/// @param passwordChangedAt null for the first password
/// @param totp null without an authenticator app
/// @param recoveryCodesLeft how many were not used yet
record AccountView(
    UUID id,
    String name,
    String role,
    @Nullable Instant passwordChangedAt,
    @Nullable TotpEntry totp,
    List<PasskeyEntry> passkeys,
    int recoveryCodesLeft,
    StepUpState stepUp) {
  record TotpEntry(Instant createdAt) {}

  record PasskeyEntry(UUID id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}

  /// @param freshUntil null when a factor must be proved before anything sensitive
  /// @param factors those of which one can be proved
  record StepUpState(@Nullable Instant freshUntil, List<String> factors) {}
}
