/// Keys of the server's own, and what is done with them: sealing, keyed hashes.
@NullMarked
package dev.bulkhead.server.secrets;

import org.jspecify.annotations.NullMarked;
