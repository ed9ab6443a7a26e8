package dev.bulkhead.server.access;

import java.util.List;
import java.util.Optional;

/// Knows which sessions proved a factor lately.
public interface StepUps {
  /// The factors of which whoever asks must prove one first; empty when none is needed.
  Optional<List<String>> missing(SignedIn who);
}
