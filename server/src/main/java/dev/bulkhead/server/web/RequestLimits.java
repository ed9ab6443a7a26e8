package dev.bulkhead.server.web;

import dev.bulkhead.server.access.SignedIn;
import dev.bulkhead.server.configuration.ServerConfiguration;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How much of the API anybody may use: so much for an address before it is known who asks, and so
/// much for a person or program after, looks and changes apart. Thread-safe.
@Component
final class RequestLimits {
  // Guessing ends early: so many fewer may come that nobody stands behind.
  private static final int ANONYMOUS = 20;
  private static final Set<String> LOOKS = Set.of("GET", "HEAD");

  private final Attempts attempts;
  private final ServerConfiguration.Limits limits;

  RequestLimits(Attempts attempts, ServerConfiguration configuration) {
    this.attempts = attempts;
    this.limits = configuration.limits();
  }

  /// Counts a request of an address. Those without a credential have a bucket of their own: a page
  /// elsewhere that makes browsers ask, or a neighbour, shuts out nobody who is signed in.
  ///
  /// @throws ProblemException `rate_limited`
  void came(String address, boolean withCredential) {
    if (withCredential) {
      attempts.take("api-address", address, limits.perAddress());
    } else {
      attempts.take("api-nobody", address, limits.perAddress() / ANONYMOUS);
    }
  }

  /// Counts a request of somebody who is known.
  ///
  /// @throws ProblemException `rate_limited`
  void asks(SignedIn who, String method) {
    final boolean looks = LOOKS.contains(method);
    attempts.take(
        looks ? "api-looks" : "api-changes",
        who.tenantId() + "/" + who.personId(),
        looks ? limits.reads() : limits.changes());
  }
}
