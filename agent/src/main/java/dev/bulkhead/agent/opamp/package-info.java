/// The part of OpAMP that the agent speaks: its own status out, custom messages in.
@NullMarked
package dev.bulkhead.agent.opamp;

import org.jspecify.annotations.NullMarked;
