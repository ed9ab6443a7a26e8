/// Names and headers of the custom messages that carry telemetry over the agent link.
@NullMarked
package dev.bulkhead.protocol.telemetry;

import org.jspecify.annotations.NullMarked;
