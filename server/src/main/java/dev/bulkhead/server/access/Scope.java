package dev.bulkhead.server.access;

import java.util.Collection;
import java.util.Set;

/// The hosts that somebody's role is about: all of the tenant's, or those that bear one of some
/// tags. Groups are resolved to their tags before.
public sealed interface Scope {
  /// Every host of the tenant.
  record Whole() implements Scope {
    @Override
    public boolean covers(Collection<String> hostTags) {
      return true;
    }

    @Override
    public boolean includes(Scope other) {
      return true;
    }
  }

  /// Hosts that bear one of these tags; of no tags, no host.
  record Tagged(Set<String> tags) implements Scope {
    public Tagged {
      tags = Set.copyOf(tags);
    }

    @Override
    public boolean covers(Collection<String> hostTags) {
      return hostTags.stream().anyMatch(tags::contains);
    }

    @Override
    public boolean includes(Scope other) {
      return switch (other) {
        case Whole whole -> false;
        case Tagged tagged -> tags.containsAll(tagged.tags());
      };
    }
  }

  /// Every host of the tenant.
  static Scope whole() {
    return new Whole();
  }

  /// Whether a host with these tags is in it.
  boolean covers(Collection<String> hostTags);

  /// Whether everything that the other covers is covered by this.
  boolean includes(Scope other);

  default boolean isWhole() {
    return this instanceof Whole;
  }
}
