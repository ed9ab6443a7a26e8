/// What the server says of itself to its operator.
@NullMarked
package dev.bulkhead.server.status;

import org.jspecify.annotations.NullMarked;
