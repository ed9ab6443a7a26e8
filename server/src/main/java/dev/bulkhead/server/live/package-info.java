/// Live views: one server-sent event stream for each open tab.
@NullMarked
package dev.bulkhead.server.live;

import org.jspecify.annotations.NullMarked;
