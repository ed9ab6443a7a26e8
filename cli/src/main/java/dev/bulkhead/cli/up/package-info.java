/// `bulkhead up`: the supervisor of PostgreSQL, the server and this machine's agent.
@NullMarked
package dev.bulkhead.cli.up;

import org.jspecify.annotations.NullMarked;
