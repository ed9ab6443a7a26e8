/// Hosts in a terminal: the list, one host, and one host live.
@NullMarked
package dev.bulkhead.cli.hosts;

import org.jspecify.annotations.NullMarked;
