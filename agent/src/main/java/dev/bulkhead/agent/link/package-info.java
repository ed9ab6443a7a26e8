/// Joining, renewal and the lasting connection to the server.
@NullMarked
package dev.bulkhead.agent.link;

import org.jspecify.annotations.NullMarked;
