/// Hosts: who they are, whether they live, and what the list shows of them.
@NullMarked
package dev.bulkhead.server.fleet;

import org.jspecify.annotations.NullMarked;
