/// The agent's log: few lines, each an event with keys and values.
@NullMarked
package dev.bulkhead.agent.log;

import org.jspecify.annotations.NullMarked;
