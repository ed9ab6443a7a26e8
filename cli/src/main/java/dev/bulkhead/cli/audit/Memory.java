package dev.bulkhead.cli.audit;

import dev.bulkhead.protocol.audit.Witness;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What this machine has seen of one installation's record.
///
/// @param installation its id
/// @param state the state directory where it was seen
/// @param chains the last verified place of each chain, by the chain's name
record Memory(String installation, String state, Map<String, Seen> chains) {

  Memory {
    chains = Map.copyOf(chains);
  }

  /// A place in a chain, and when this machine found everything up to it in order.
  record Seen(Scope scope, Witness witness, Instant at) {}

  Optional<Seen> find(String chain) {
    return Optional.ofNullable(chains.get(chain));
  }

  /// The name of the tenant's chain, when one has been seen.
  Optional<String> tenantChain() {
    return chains.entrySet().stream()
        .filter(one -> one.getValue().scope() == Scope.TENANT)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  Memory with(String chain, Seen seen) {
    Map<String, Seen> more = new TreeMap<>(chains);
    more.put(chain, seen);
    return new Memory(installation, state, more);
  }
}
