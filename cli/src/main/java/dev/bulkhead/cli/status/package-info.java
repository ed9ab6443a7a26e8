/// Whether Bulkhead runs on this machine, and whether it is well.
@NullMarked
package dev.bulkhead.cli.status;

import org.jspecify.annotations.NullMarked;
