/// Keeps samples on disk, bounded, until the server has them durably.
@NullMarked
package dev.bulkhead.agent.spool;

import org.jspecify.annotations.NullMarked;
