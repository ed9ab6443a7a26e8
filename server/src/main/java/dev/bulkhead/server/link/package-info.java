/// The agent link: the listener that hosts connect to, and the OpAMP conversations on it.
@NullMarked
package dev.bulkhead.server.link;

import org.jspecify.annotations.NullMarked;
