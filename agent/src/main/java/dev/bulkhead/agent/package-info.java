/// The host agent: the only privileged program on a host, with no listening port.
@NullMarked
package dev.bulkhead.agent;

import org.jspecify.annotations.NullMarked;
