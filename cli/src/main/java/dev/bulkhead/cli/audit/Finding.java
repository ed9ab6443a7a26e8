package dev.bulkhead.cli.audit;

import dev.bulkhead.cli.audit.Memory.Seen;
import dev.bulkhead.protocol.audit.Verdict;
import java.util.Optional;

/// What the verification of one chain found.
///
/// @param scope which chain was asked for
/// @param chain what the server calls it
/// @param verdict what its rows say
/// @param before what this machine had seen of it, if anything
record Finding(Scope scope, String chain, Verdict verdict, Optional<Seen> before) {}
