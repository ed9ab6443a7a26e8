package dev.bulkhead.server.groups;

import java.util.List;
import java.util.UUID;

/// A scope as the API shows it; where it is null, every host is meant.
public record ScopeView(List<String> tags, List<GroupName> groups) {
  public ScopeView {
    tags = List.copyOf(tags);
    groups = List.copyOf(groups);
  }

  /// A group in a scope.
  public record GroupName(UUID id, String name) {}
}
