/// Reads the host's figures at low cost.
@NullMarked
package dev.bulkhead.agent.collect;

import org.jspecify.annotations.NullMarked;
