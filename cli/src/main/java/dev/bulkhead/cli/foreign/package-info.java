/// `bulkhead agent certificate`: lets an OpAMP agent that is not Bulkhead's connect.
@NullMarked
package dev.bulkhead.cli.foreign;

import org.jspecify.annotations.NullMarked;
