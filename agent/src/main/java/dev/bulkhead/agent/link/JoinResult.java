package dev.bulkhead.agent.link;

import dev.bulkhead.agent.identity.HostIdentity;

/// How joining ended.
public sealed interface JoinResult {

  /// The host belongs to the server's fleet; the identity has been saved.
  record Joined(HostIdentity identity) implements JoinResult {}

  /// It does not.
  ///
  /// @param code stable, snake case
  /// @param exitCode of the program
  /// @param explanation what went wrong
  /// @param detail what the server or the network said
  /// @param remedy what the person can do
  record Failed(String code, int exitCode, String explanation, String detail, String remedy)
      implements JoinResult {}
}
